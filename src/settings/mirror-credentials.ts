import { decodeOrKeep } from '../text/decode.ts';

/** A mirror as it was configured. */
interface Mirror {
  readonly from: string;
  readonly to: string;
}

/** Mirrors, and apart from them the credentials that their addresses held. */
export interface SplitMirrors {
  readonly mirrors: Mirror[];
  /** Values of the header `Authorization` (https://www.rfc-editor.org/rfc/rfc7617), by the name of a mirror. */
  readonly authorization: Readonly<Record<string, string>>;
}

/** Tells a mirror from all others. */
export function mirrorName({ from, to }: Mirror): string {
  return `${from}=${to}`;
}

const CREDENTIALS = /^(https?:\/\/)([^/?#]*)@/i;

/** Takes credentials (`https://user:password@host/`) out of the addresses of mirrors. */
export function splitCredentials(mirrors: readonly Mirror[]): SplitMirrors {
  const split = mirrors.map(({ from, to }) => {
    const [, , credentials] = CREDENTIALS.exec(to) ?? [];
    return { mirror: { from, to: to.replace(CREDENTIALS, '$1') }, credentials };
  });
  return {
    mirrors: split.map(({ mirror }) => mirror),
    authorization: Object.fromEntries(
      split.flatMap(({ mirror, credentials }) =>
        credentials === undefined ? [] : [[mirrorName(mirror), basic(credentials)]],
      ),
    ),
  };
}

function basic(credentials: string): string {
  const [user = '', ...password] = credentials.split(':').map(decodeOrKeep);
  return `Basic ${Buffer.from(`${user}:${password.join(':')}`).toString('base64')}`;
}

/** A text that may be shown: what looks like the credentials of an address is left out. */
export function withoutCredentials(text: string): string {
  return text.replace(/(:\/\/)[^/?#\s"]*@/g, '$1…@');
}
