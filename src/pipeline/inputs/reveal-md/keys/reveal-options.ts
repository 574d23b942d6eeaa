/**
 * The options of reveal.js that change a page, with reveal-md's defaults: https://revealjs.com/config/ and
 * https://github.com/webpro/reveal-md/blob/main/lib/template/reveal.html
 */
const ON_PAPER: Readonly<Record<string, unknown>> = {
  center: true,
  disableLayout: false,
  hashOneBasedIndex: false,
  height: 700,
  katex: undefined,
  margin: 0.04,
  markdown: undefined,
  maxScale: 2,
  minScale: 0.2,
  parallaxBackgroundHorizontal: null,
  parallaxBackgroundImage: '',
  parallaxBackgroundSize: '',
  parallaxBackgroundVertical: null,
  pdfMaxPagesPerSlide: undefined,
  pdfSeparateFragments: true,
  rtl: false,
  showSlideNumber: 'all',
  slideNumber: true,
  width: 960,
};

/** Options that only affect the live presentation. */
const ON_SCREEN = [
  ...['autoAnimate', 'autoAnimateDuration', 'autoAnimateEasing', 'autoAnimateMatcher', 'autoAnimateStyles'],
  ...['autoAnimateUnmatched', 'autoPlayMedia', 'autoSlide', 'autoSlideMethod', 'autoSlideStoppable'],
  ...['backgroundTransition', 'controls', 'controlsBackArrows', 'controlsLayout', 'controlsTutorial'],
  ...['defaultTiming', 'dependencies', 'display', 'embedded', 'fragmentInURL', 'fragments', 'hash'],
  ...[
    'help',
    'hideAddressBar',
    'hideCursorTime',
    'hideInactiveCursor',
    'highlight',
    'history',
    'jumpToSlide',
  ],
  ...['keyboard', 'keyboardCondition', 'loop', 'mobileViewDistance', 'mouseWheel', 'navigationMode'],
  ...['overview', 'pause', 'plugins', 'postMessage', 'postMessageEvents', 'preloadIframes'],
  ...['preventIframeAutoFocus', 'previewLinks', 'progress', 'respondToHashChanges', 'scrollActivationWidth'],
  ...['scrollLayout', 'scrollProgress', 'scrollSnap', 'showNotes', 'shuffle', 'sortFragmentsOnSync'],
  ...['totalTime', 'touch', 'transition', 'transitionSpeed', 'view', 'viewDistance'],
];

/** Every option of reveal.js, by name. */
export const REVEAL_OPTIONS: readonly string[] = [...Object.keys(ON_PAPER), ...ON_SCREEN];

/** Whether this value changes pages, compared to the default. */
export function changesPages(option: string, value: unknown): boolean {
  return Object.hasOwn(ON_PAPER, option) && ON_PAPER[option] !== value;
}
