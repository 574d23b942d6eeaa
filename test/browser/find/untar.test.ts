import { describe, expect, test } from 'vitest';
import { untar } from '../../../src/browser/find/untar.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** One tar entry, of which only the fields that `untar` reads are filled in. */
function entry(name: string, type: string, content = ''): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000755\0', 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write(type, 156);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

describe('unpacking a tar archive', () => {
  test.each([
    ['an absolute path', entry('/etc/x', '0', 'x')],
    ['a path that climbs', entry('a/../../x', '0', 'x')],
    ['a symbolic link', entry('link', '2')],
    ['a hard link', entry('link', '1')],
    ['a long-name record', entry('././@LongLink', 'L', 'x')],
  ])('%s is refused', async (_what, archive) => {
    await expect(untar(archive, await temporaryFolder())).rejects.toThrow(/^tar: /);
  });

  test('a cut-off archive is refused', async () => {
    const archive = entry('file', '0', 'x'.repeat(600)).subarray(0, 700);
    await expect(untar(archive, await temporaryFolder())).rejects.toThrow('cut off');
  });
});
