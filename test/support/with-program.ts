import type { BrowserSession } from '../../src/browser/session.ts';
import { sharedSession } from './shared-browser.ts';

/**
 * A session whose live pages run a program: what a deck may not do (its Markdown runs none), and a page of another kind does.
 *
 * @param program has `live`, a function that calls its argument with each element of a selector, once, as it appears.
 */
export function withProgram(program: string, session: BrowserSession = sharedSession()): BrowserSession {
  const watch = `{
    const seen = new WeakSet();
    const live = (selector, use) => new MutationObserver(() => {
      for (const one of document.querySelectorAll(selector)) {
        if (seen.has(one) || one.closest('.deckhand-frame')) continue;
        seen.add(one);
        use(one);
      }
    }).observe(document, { childList: true, subtree: true });
    ${program}
  }`;
  return {
    ...session,
    withPage: (use) =>
      session.withPage(async (page) => {
        await page.evaluateOnNewDocument(watch);
        return use(page);
      }),
    lend: (use, signal) => session.lend((own) => use(withProgram(program, own)), signal),
  };
}
