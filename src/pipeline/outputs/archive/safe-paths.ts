/**
 * Names that Windows reserves, whatever follows the first dot: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
const RESERVED = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)/i;

/**
 * Characters that some system does not allow in names: those of Windows, control characters, and unpaired surrogates. Also
 * the percent sign, which manifests of bags must encode (RFC 8493, section 2.1.3) but common tools do not decode.
 */
const FORBIDDEN = /[<>:"|?*%\\\p{Cc}\p{Surrogate}]/gu;

/**
 * Paths in an archive that can be unpacked on Linux, macOS and Windows: unchanged, unless one of them does not allow the
 * name, or would take it for another one. Names are in normalization form C (UAX #15), and differ case-insensitively.
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

/** If another file or folder has the name, a number is added. */
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
