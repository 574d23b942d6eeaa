import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { unzipped } from '../support/archive.ts';
import { buildTwice, removeBuilt, sumsOf } from '../support/somewhere.ts';

test('two builds in different folders, time zones and languages give the same archives', async () => {
  const [first, second] = await buildTwice(['things', 'lost'], ['--only', 'archive']);
  onTestFinished(async () => {
    for (const built of [first, second]) await removeBuilt(built);
  });
  // Of two files that differ, those inside say more.
  for (const name of ['things', 'lost']) {
    const [a, b] = await Promise.all(
      [first, second].map(async ({ folder }) =>
        unzipped(await readFile(join(folder, `output/${name}/${name}-archive.zip`))),
      ),
    );
    for (const [path, bytes] of a ?? [])
      expect([path, bytes.equals(b?.get(path) ?? Buffer.of())]).toEqual([path, true]);
  }
  expect(sumsOf(first)).toHaveLength(2);
  expect(sumsOf(second)).toEqual(sumsOf(first));
});
