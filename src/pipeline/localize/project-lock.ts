import { type ImageLock, LOCK_NAME, LockError, readLock, VENDOR_FOLDER } from '../../images/lock.ts';
import { DeckError, diagnostic } from '../../model/diagnostics.ts';
import { messageOf } from '../../model/errors.ts';
import type { Deck } from '../../model/model.ts';

/**
 * The vendored images of the project that a deck belongs to.
 *
 * @throws DeckError with `LOCK_INVALID`.
 */
export async function projectLock(deck: Pick<Deck, 'root' | 'source'>): Promise<ImageLock> {
  try {
    return await readLock(deck.root);
  } catch (error) {
    if (!(error instanceof LockError)) throw error;
    const name = `${VENDOR_FOLDER}/${LOCK_NAME}`;
    const hint = 'restore it from the repository, or remove it and run deckhand vendor';
    const message = `${name} cannot be used: ${messageOf(error)}`;
    throw new DeckError(diagnostic('LOCK_INVALID', message, { deck: deck.source.path }, hint));
  }
}
