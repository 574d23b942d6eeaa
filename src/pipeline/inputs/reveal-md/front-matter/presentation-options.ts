import type { PresentationOptions } from '../model/markdown-deck.ts';

type Allowed = 'flag' | 'number' | RegExp;

/** One or two words, like the names of transitions and layouts. */
const WORDS = /^[\w -]{1,40}$/;

/**
 * Options that a deck may set for its live presentation. Excluded are those that load something (`dependencies`, `plugins`,
 * images and sounds), that let other windows send commands (`postMessage`), that differ each time (`shuffle`), and all that
 * contain HTML or code.
 */
const ALLOWED: Readonly<Record<string, Allowed>> = {
  autoAnimate: 'flag',
  autoAnimateDuration: 'number',
  autoAnimateEasing: /^[a-z-]{1,20}(?:\([\d., -]{1,40}\))?$/,
  autoAnimateUnmatched: 'flag',
  autoSlide: 'number',
  autoSlideStoppable: 'flag',
  backgroundTransition: WORDS,
  center: 'flag',
  controls: 'flag',
  controlsBackArrows: WORDS,
  controlsLayout: WORDS,
  controlsTutorial: 'flag',
  fragments: 'flag',
  help: 'flag',
  hideCursorTime: 'number',
  hideInactiveCursor: 'flag',
  jumpToSlide: 'flag',
  keyboard: 'flag',
  loop: 'flag',
  margin: 'number',
  maxScale: 'number',
  minScale: 'number',
  mouseWheel: 'flag',
  navigationMode: WORDS,
  overview: 'flag',
  parallaxBackgroundHorizontal: 'number',
  parallaxBackgroundSize: /^[\w.% ]{1,40}$/,
  parallaxBackgroundVertical: 'number',
  pause: 'flag',
  progress: 'flag',
  rtl: 'flag',
  showNotes: 'flag',
  touch: 'flag',
  transition: WORDS,
  transitionSpeed: WORDS,
};

/** Keeps the harmless options of a deck's `revealOptions` for its live presentation. */
export function presentationOptions(options: Readonly<Record<string, unknown>>): PresentationOptions {
  const kept = Object.entries(ALLOWED).flatMap(([name, allowed]) => {
    const value = Object.hasOwn(options, name) ? options[name] : undefined;
    return isAllowed(value, allowed) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(kept);
}

function isAllowed(value: unknown, allowed: Allowed): value is boolean | number | string {
  if (allowed === 'flag') return typeof value === 'boolean';
  if (allowed === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeof value === 'string' && allowed.test(value);
}
