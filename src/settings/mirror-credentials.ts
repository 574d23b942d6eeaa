import { decodeOrKeep } from '../text/decode.ts';

/** A mirror as it was configured. */
interface Mirror {
  readonly from: string;
  readonly to: string;
}

/** Mirrors, and separately the credentials in their addresses. */
export interface SplitMirrors {
  readonly mirrors: Mirror[];
  /** Values of the header `Authorization` (https://www.rfc-editor.org/rfc/rfc7617), by the name of a mirror. */
  readonly authorization: Readonly<Record<string, string>>;
}

/** A key that identifies a mirror. */
export function mirrorName({ from, to }: Mirror): string {
  return `${from}=${to}`;
}

const CREDENTIALS = /^(https?:\/\/)([^/?#]*)@/i;

/** Separates credentials (`https://user:password@host/`) from the addresses of mirrors. */
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

/** A text that may be shown: anything that looks like credentials in an address is removed. */
export function withoutCredentials(text: string): string {
  return text.replace(/(:\/\/)[^/?#\s"]*@/g, '$1…@');
}
