import type { Ink, Layout } from '../../model/model.ts';
import type { Settings } from '../../settings/options.ts';
import type { Output } from '../contract/output.ts';

/** The ink of an output: the one in the settings, otherwise its default. */
export function inkFor(output: Output, { ink }: Pick<Settings, 'ink'>, layout: Layout): Ink {
  if (!output.sparesInk) return 'full';
  const usual = output.usualInk?.(layout) ?? 'full';
  if (ink === 'auto') return usual;
  // To ask for gray is not to ask for black pages.
  return ink === 'gray' && usual === 'save' ? 'save,gray' : ink;
}

export function isGray(ink: Settings['ink']): boolean {
  return ink.includes('gray');
}
