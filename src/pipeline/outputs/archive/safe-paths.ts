/** Names that Windows keeps for itself, whatever follows the first dot: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const RESERVED = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)/i;

/**
 * What some system can't have in a name: the characters of Windows, controls, and halves of characters. And the percent
 * sign, which manifests of bags have to encode (RFC 8493, section 2.1.3), and common tools do not decode.
 */
const FORBIDDEN = /[<>:"|?*%\\\p{Cc}\p{Surrogate}]/gu;

/**
 * The paths that files get in an archive which has to be unpacked on Linux, macOS and Windows alike: each as it is, unless
 * one of them could not hold it, or would take it for another one. Names are in normalization form C (UAX #15), and differ
 * in more than capitals.
 */
export function safePaths(paths: readonly string[]): Map<string, string> {
  const taken = new Map<string, string>();
  const safe = new Map<string, string>();
  for (const path of [...new Set(paths)].sort()) {
    const folders = path.split('/');
    const name = folders.pop() ?? '';
    let [from, to] = ['', ''];
    for (const folder of folders) {
      from += `${folder}/`;
      to = `${freePath(to + safeName(folder), from, taken)}/`;
    }
    safe.set(path, freePath(to + safeName(name), path, taken));
  }
  return safe;
}

/** Another file or folder may have it: then it is numbered. */
function freePath(wanted: string, from: string, taken: Map<string, string>): string {
  const [, stem = wanted, extension = ''] = /^(.*?[^/])(\.[^./]*)?$/s.exec(wanted) ?? [];
  for (let number = 1; ; number++) {
    const path = number === 1 ? wanted : `${stem}-${number}${extension}`;
    const key = path.toLowerCase();
    const holder = taken.get(key);
    if (holder !== undefined && holder !== from) continue;
    taken.set(key, from);
    return path;
  }
}

function safeName(name: string): string {
  const allowed = name
    .normalize('NFC')
    .replace(FORBIDDEN, '_')
    .replace(/[. ]+$/, '_');
  return RESERVED.test(allowed) ? `_${allowed}` : allowed;
}
