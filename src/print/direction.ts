import type { Layout } from '../pipeline/model.ts';

/** The deck's own direction, or that of its page. */
export function readsRightToLeft({ htmlAttributes, revealAttributes }: Layout): boolean {
  return /\bdir="rtl"/i.test(htmlAttributes) || /class="[^"]*\brtl\b/.test(revealAttributes);
}
