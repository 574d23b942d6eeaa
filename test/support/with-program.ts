import type { BrowserSession, PageSource } from '../../src/browser/session.ts';
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
  const watched = ({ withPage }: PageSource): PageSource['withPage'] => {
    return (use) =>
      withPage(async (page) => {
        const { identifier } = await page.evaluateOnNewDocument(watch);
        // A page may serve others behind this one.
        return use(page).finally(() =>
          page.removeScriptToEvaluateOnNewDocument(identifier).catch(() => undefined),
        );
      });
  };
  return {
    ...session,
    withPage: watched(session),
    sharePages: (most, use) =>
      session.sharePages(most, (shared) => use({ ...shared, withPage: watched(shared) })),
    lend: (use, signal) => session.lend((own) => use(withProgram(program, own)), signal),
  };
}
