import { createHash } from 'node:crypto';

/** Files of a bag by their paths from its base directory, as a serialization holds them. */
export type BagFiles = ReadonlyMap<string, Uint8Array>;

/**
 * What RFC 8493 has against a bag: nothing, where it is complete and valid (section 3). Written from its text, without a
 * look at the code that makes bags.
 */
export function bagFaults(files: BagFiles): string[] {
  return [
    ...declarationFaults(files),
    ...manifestFaults(files, 'manifest', (path) => path.startsWith('data/')),
    ...manifestFaults(
      files,
      'tagmanifest',
      (path) => !path.startsWith('data/') && !path.startsWith('tagmanifest-'),
    ),
    ...infoFaults(files),
  ];
}

/** The elements of `bag-info.txt`, in order, with continued lines joined (section 2.2.2). */
export function bagInfo(files: BagFiles): [label: string, value: string][] {
  const lines = textOf(files, 'bag-info.txt')
    .replace(/(?:\r\n|\r|\n)[ \t]+/g, ' ')
    .split(/\r\n|\r|\n/);
  return lines.filter(Boolean).map((line) => {
    const [, label = '', value = ''] = /^([^:]*):\s*(.*)$/.exec(line) ?? [];
    return [label, value];
  });
}

/** Section 2.1.1: two lines, in this order, and no byte order mark. */
function declarationFaults(files: BagFiles): string[] {
  const text = textOf(files, 'bagit.txt');
  const pattern = /^BagIt-Version: \d+\.\d+(?:\r\n|\r|\n)Tag-File-Character-Encoding: UTF-8(?:\r\n|\r|\n)?$/;
  return pattern.test(text) ? [] : [`bagit.txt is not a declaration: ${JSON.stringify(text)}`];
}

const HASHES: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
  sha512: 'sha512',
};

/**
 * Sections 2.1.3 and 2.2.1: every manifest names every file that it is for, once, and no other; all checksums hold; the
 * path has nothing encoded but line ends and percent signs.
 */
function manifestFaults(files: BagFiles, kind: string, isFor: (path: string) => boolean): string[] {
  const names = [...files.keys()].filter((path) => path.startsWith(`${kind}-`));
  if (names.length === 0) return [`there is no ${kind}`];
  return names.flatMap((name) => {
    const hash = HASHES[/-(\w+)\.txt$/.exec(name)?.[1] ?? ''];
    if (!hash) return [`${name} is for no known algorithm`];
    const faults: string[] = [];
    const listed = new Set<string>();
    for (const line of textOf(files, name)
      .split(/\r\n|\r|\n/)
      .filter(Boolean)) {
      const [, checksum = '', written = ''] = /^([\da-f]+)[ \t]+\*?(.*)$/i.exec(line) ?? [];
      if (/%(?!0A|0D|25)/i.test(written)) faults.push(`${name} encodes too much or too little: ${line}`);
      const path = written.replace(/%(0A|0D|25)/gi, decodeURIComponent);
      const bytes = files.get(path);
      if (listed.has(path)) faults.push(`${name} names ${path} twice`);
      listed.add(path);
      if (!bytes) faults.push(`${name} names ${path}, which is not there`);
      else if (createHash(hash).update(bytes).digest('hex') !== checksum.toLowerCase())
        faults.push(`${name} has another checksum for ${path}`);
    }
    const unlisted = [...files.keys()].filter((path) => isFor(path) && !listed.has(path));
    return [...faults, ...unlisted.map((path) => `${name} does not name ${path}`)];
  });
}

/** Section 2.2.2: `Payload-Oxum` is octets and streams; `Bagging-Date` is a day. */
function infoFaults(files: BagFiles): string[] {
  const faults: string[] = [];
  const payload = [...files].filter(([path]) => path.startsWith('data/'));
  const oxum = `${payload.reduce((sum, [, bytes]) => sum + bytes.length, 0)}.${payload.length}`;
  for (const [label, value] of bagInfo(files)) {
    if (label === '' || label !== label.trim())
      faults.push(`bag-info.txt has a line without a label: ${value}`);
    if (label === 'Payload-Oxum' && value !== oxum)
      faults.push(`Payload-Oxum is ${value} instead of ${oxum}`);
    if (label === 'Bagging-Date' && !/^\d{4}-\d\d-\d\d$/.test(value)) faults.push(`Bagging-Date is ${value}`);
  }
  return faults;
}

function textOf(files: BagFiles, path: string): string {
  const bytes = files.get(path);
  return bytes ? new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) : '';
}
