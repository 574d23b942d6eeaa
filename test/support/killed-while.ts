import type { BrowserSession } from '../../src/index.ts';

/** A session whose browser is killed as soon as it has a page, be it the first one or another. */
export function killedWhile(isTime: () => boolean, session: BrowserSession): BrowserSession {
  return {
    ...session,
    withPage: (use) =>
      session.withPage((page) => {
        if (isTime()) page.browser().process()?.kill('SIGKILL');
        return use(page);
      }),
    sharePages: (most, use) =>
      session.sharePages(most, (shared) =>
        use({
          ...shared,
          withPage: (inPage) =>
            shared.withPage((page) => {
              if (isTime()) page.browser().process()?.kill('SIGKILL');
              return inPage(page);
            }),
        }),
      ),
    lend: (use, signal) => session.lend((own) => use(killedWhile(isTime, own)), signal),
  };
}
