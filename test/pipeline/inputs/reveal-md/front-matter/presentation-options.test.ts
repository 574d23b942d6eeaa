import { expect, test } from 'vitest';
import { presentationOptions } from '../../../../../src/pipeline/inputs/reveal-md/front-matter/presentation-options.ts';

test('what shapes the live presentation is kept', () => {
  const options = {
    transition: 'fade-in slide-out',
    controls: false,
    autoSlide: 5000,
    autoAnimateEasing: 'cubic-bezier(0.1, 0.7, 1, 0.1)',
    parallaxBackgroundSize: '2100px 900px',
  };
  expect(presentationOptions(options)).toEqual(options);
});

test.each<[string, Record<string, unknown>]>([
  ['loads a program', { dependencies: [{ src: 'evil.js' }], plugins: ['evil'] }],
  ['takes orders from other windows', { postMessage: true, postMessageEvents: true }],
  ['is different each time', { shuffle: true }],
  ['is a program', { keyboardCondition: 'alert(1)', autoSlideMethod: 'alert', keyboard: { 32: 'alert' } }],
  [
    'is of another kind than it has to be',
    { controls: 'yes', margin: '0.1', autoSlide: Number.NaN, transition: 3 },
  ],
  [
    'holds HTML or CSS of its own',
    { transition: '"><script>', parallaxBackgroundSize: '1px; background: url(x)' },
  ],
  ['is not known', { constructor: true, __proto__: { controls: true }, title: 'x' }],
])('what %s is left out', (_what, options) => {
  expect(presentationOptions(options)).toEqual({});
});
