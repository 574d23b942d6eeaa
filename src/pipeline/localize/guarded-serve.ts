import type { Serve } from '../../browser/gateway.ts';
import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import { messageOf } from '../../model/errors.ts';

/** Serves the same. An unexpected error fails one request, and is reported. */
export function guarded(deck: string, note: (trouble: Diagnostic) => void, serve: Serve): Serve {
  return async (request) => {
    try {
      return await serve(request);
    } catch (error) {
      const message = `a request of the page could not be answered: ${messageOf(error)}`;
      const hint = 'this is a bug in Deckhand: please report it with the deck';
      note(diagnostic('RESOURCE_FAILED', message, { deck, url: request.url }, hint));
      return undefined;
    }
  };
}
