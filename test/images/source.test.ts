import { execFileSync } from 'node:child_process';
import { readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type CheckedCache, openCache } from '../../src/images/cache/cache.ts';
import { createImageSource, type FoundImage, type ImageSourceOptions } from '../../src/images/source.ts';
import type { FilePath } from '../../src/model/paths.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { imageSource, type SourceInTest } from '../support/image-source.ts';
import { inspectingDecoder } from '../support/inspecting-decoder.ts';
import { NO_CACHE } from '../support/no-cache.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { flatDrawing } from './pictures.ts';

const ORIGIN = 'https://pictures.example/';
const URL_A = `${ORIGIN}picture.png`;

async function web(): Promise<{
  server: FaultServer;
  run(options?: Partial<ImageSourceOptions>, signal?: AbortSignal): Promise<SourceInTest>;
  damage(): Promise<void>;
}> {
  const server = await startFaultServer();
  onTestFinished(() => server.close());
  const mirrors = [{ from: ORIGIN, to: server.url('/') }];
  const dir = await temporaryFolder();
  return {
    server,
    run: (options = {}, signal) => imageSource({ mirrors, ...options }, dir, signal),
    damage: async () => {
      const content = join(dir, 'content-v2');
      const entries = await readdir(content, { recursive: true, withFileTypes: true });
      for (const entry of entries) {
        if (entry.isFile()) await writeFile(join(entry.parentPath, entry.name), 'damaged');
      }
    },
  };
}

/** What is known of it: all but the way to its bytes. */
const dataOf = (found: FoundImage): unknown => JSON.parse(JSON.stringify(found));

async function bytesOf(found: FoundImage): Promise<Uint8Array | string> {
  if (!found.ok) return found.failure.code;
  const read = await found.image.read();
  return read.ok ? read.bytes : read.failure.code;
}

describe('an image of the web', () => {
  test('comes with what is to know of it', async () => {
    const { run, server } = await web();
    expect(await (await run()).remote(URL_A)).toMatchObject({
      ok: true,
      image: {
        type: 'image/png',
        widthPx: 320,
        heightPx: 180,
        frames: 1,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      provenance: { fetchedUrl: server.url('/picture.png'), archived: false },
    });
  });

  test('is the same from the cache as from its host', async () => {
    const { run } = await web();
    const cold = await (await run()).remote(URL_A);
    expect(dataOf(await (await run()).remote(URL_A))).toEqual(dataOf(cold));
  });

  test('is fetched once in a run, for all callers', async () => {
    const { run, server } = await web();
    const source = await run();
    const urls = [URL_A, `${URL_A}#a`, URL_A.replace('https', 'HTTPS'), URL_A.replace('/p', ':443/p')];
    await Promise.all(urls.map((url) => source.remote(url)));
    expect(server.requests()).toEqual(['/picture.png']);
  });

  test('that failed is asked for once in a run', async () => {
    const { run, server } = await web();
    const source = await run();
    for (let i = 0; i < 2; i++) await source.remote(`${ORIGIN}fault/404`);
    expect(server.requests()).toHaveLength(1);
  });

  test('is decoded once for all runs', async () => {
    const { run } = await web();
    await (await run()).remote(URL_A);
    const later = await run();
    await later.remote(URL_A);
    expect(later.inspected()).toBe(0);
  });

  test('that is none is not kept', async () => {
    const { run, server } = await web();
    for (let i = 0; i < 2; i++) await (await run()).remote(`${ORIGIN}fault/html`);
    expect(server.requests()).toHaveLength(2);
  });

  test('of a mirror never answers for the host itself', async () => {
    const { run } = await web();
    await (await run()).remote(URL_A);
    const plain = await run({ mirrors: [], offline: true });
    expect(await plain.remote(URL_A)).toMatchObject({ failure: { code: 'IMAGE_OFFLINE' } });
  });

  test('is refused at an address that is none of the web, offline as well', async () => {
    const { run } = await web();
    expect(await (await run({ offline: true })).remote('file:///etc/passwd')).toMatchObject({
      failure: { code: 'IMAGE_FORBIDDEN_ADDRESS' },
    });
  });

  test('keeps no other from being fetched while it is decoded', async () => {
    let isAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const server = await startFaultServer({
      '/first.png': (_request, response) => void response.end('1'),
      '/second.png': (_request, response) => {
        isAsked();
        response.end('2');
      },
    });
    onTestFinished(() => server.close());
    const facts = { type: 'image/png', widthPx: 1, heightPx: 1, frames: 1 };
    const decoder = {
      warmUp: () => undefined,
      inspect: () => asked.then(() => ({ ok: true, facts }) as const),
    };
    const mirrors = [{ from: ORIGIN, to: server.url('/') }];
    const options = { userAgent: 'test', offline: false, mirrors, limits: { fetches: 1 } };
    const source = createImageSource(options, openCache(await temporaryFolder()), decoder);
    onTestFinished(() => source.close());
    const found = await Promise.all(['first.png', 'second.png'].map((name) => source.remote(ORIGIN + name)));
    expect(found).toMatchObject([{ ok: true }, { ok: true }]);
  });

  test('rejects with the reason of an abort', async () => {
    const { run } = await web();
    const controller = new AbortController();
    const source = await run({}, controller.signal);
    const found = source.remote(`${ORIGIN}fault/hang`);
    controller.abort(new Error('enough'));
    await expect(found).rejects.toThrow('enough');
  });
});

describe('the bytes of an image of the web', () => {
  test('are those of its host', async () => {
    const { run, server } = await web();
    const own = new Uint8Array(await (await fetch(server.url('/picture.png'))).arrayBuffer());
    expect(Buffer.compare(own, Buffer.from(await bytesOf(await (await run()).remote(URL_A))))).toBe(0);
  });

  test('are read from the cache each time, and not kept in memory', async () => {
    const { server } = await web();
    const cache = openCache(await temporaryFolder());
    let reads = 0;
    const counting: CheckedCache = {
      ...cache,
      content: (sha256) => {
        reads++;
        return cache.content(sha256);
      },
    };
    const options = { userAgent: 'test', offline: false, mirrors: [{ from: ORIGIN, to: server.url('/') }] };
    const source = createImageSource(options, counting, inspectingDecoder());
    onTestFinished(() => source.close());
    for (let i = 0; i < 3; i++) await bytesOf(await source.remote(URL_A));
    expect([reads, server.requests().length]).toEqual([3, 1]);
  });

  test('are fetched once more where the cache was emptied', async () => {
    const { run, server } = await web();
    const source = await run();
    const found = await source.remote(URL_A);
    await rm(source.cacheDir, { recursive: true });
    expect([(await bytesOf(found)).length, server.requests().length]).toEqual([
      found.ok && found.image.byteCount,
      2,
    ]);
  });

  test('are not those of another picture that has its address by then', async () => {
    const pictures = [await flatDrawing(9, 9).png().toBuffer(), await flatDrawing(8, 8).png().toBuffer()];
    const server = await startFaultServer({
      '/new.png': (_request, response) => void response.end(pictures.shift()),
    });
    onTestFinished(() => server.close());
    const source = await imageSource({ mirrors: [{ from: ORIGIN, to: server.url('/') }] });
    const found = await source.remote(`${ORIGIN}new.png`);
    await rm(source.cacheDir, { recursive: true });
    expect(await bytesOf(found)).toBe('IMAGE_CHANGED');
  });

  test('are held where no cache can take them, up to a limit', async () => {
    const { server } = await web();
    const mirrors = [{ from: ORIGIN, to: server.url('/') }];
    const options = { userAgent: 'test', offline: false, mirrors, keptBytes: 1000 };
    const source = createImageSource(options, NO_CACHE, inspectingDecoder());
    onTestFinished(() => source.close());
    const found = await source.remote(URL_A);
    const sizes = [await bytesOf(found), await bytesOf(found)].map(({ length }) => length);
    const asked = server.requests().length;
    await source.remote(URL_A);
    const { byteCount } = found.ok ? found.image : { byteCount: 0 };
    expect([sizes, asked, server.requests().length]).toEqual([[byteCount, byteCount], 1, 2]);
  });
});

describe('a kept copy that is damaged', () => {
  test('is fetched again', async () => {
    const { run, server, damage } = await web();
    const cold = await (await run()).remote(URL_A);
    await damage();
    const later = await (await run()).remote(URL_A);
    expect([dataOf(later), server.requests().length]).toEqual([dataOf(cold), 2]);
  });

  test('is whole again after that', async () => {
    const { run, damage } = await web();
    await (await run()).remote(URL_A);
    await damage();
    await (await run()).remote(URL_A);
    expect((await (await run({ offline: true })).remote(URL_A)).ok).toBe(true);
  });

  test('is reported with offline, in every run', async () => {
    const { run, damage } = await web();
    await (await run()).remote(URL_A);
    await damage();
    const found = [];
    for (let i = 0; i < 2; i++) found.push(await (await run({ offline: true })).remote(URL_A));
    const failure = {
      code: 'IMAGE_OFFLINE',
      message: 'the cached copy is damaged, and --offline is set',
    };
    expect(found).toMatchObject([{ failure }, { failure }]);
  });

  test('is distinguished from one that never existed', async () => {
    const { run } = await web();
    expect(await (await run({ offline: true })).remote(URL_A)).toMatchObject({
      failure: { code: 'IMAGE_OFFLINE', message: 'not in the cache, and --offline is set' },
    });
  });
});

describe('limits that were lowered since a copy was kept', () => {
  test('hold for its pixels', async () => {
    const { run } = await web();
    await (await run()).remote(URL_A);
    const strict = await run({ limits: { maxPixels: 1000 } });
    await strict.remote(URL_A);
    // What is too much is for the decoder to say.
    expect(strict.inspected()).toBe(1);
  });

  test('hold for its bytes', async () => {
    const { run } = await web();
    await (await run()).remote(URL_A);
    expect(await (await run({ limits: { maxBytes: 1000 } })).remote(URL_A)).toMatchObject({
      failure: { code: 'IMAGE_TOO_LARGE' },
    });
  });
});

describe('an image on disk', () => {
  const picture = async (server: FaultServer): Promise<Buffer> =>
    Buffer.from(await (await fetch(server.url('/picture.png'))).arrayBuffer());

  test('comes with what is to know of it', async () => {
    const { run, server } = await web();
    const file = join(await temporaryFolder(), 'a.png');
    await writeFile(file, await picture(server));
    expect(await (await run()).local(file as FilePath)).toMatchObject({
      ok: true,
      image: { widthPx: 320, frames: 1 },
    });
  });

  test('is decoded once for all runs, in any folder', async () => {
    const { run, server } = await web();
    const dir = await temporaryFolder();
    const files = ['a.png', 'b.png'].map((name) => join(dir, name));
    for (const file of files) await writeFile(file, await picture(server));
    await (await run()).local(String(files[0]) as FilePath);
    const later = await run();
    const second = await later.local(String(files[1]) as FilePath);
    expect([second.ok, later.inspected()]).toEqual([true, 0]);
  });

  test('is read again for its bytes', async () => {
    const { run, server } = await web();
    const file = join(await temporaryFolder(), 'a.png');
    const bytes = await picture(server);
    await writeFile(file, bytes);
    const read = await bytesOf(await (await run()).local(file as FilePath));
    expect(Buffer.compare(bytes, Buffer.from(read))).toBe(0);
  });

  test.each([
    ['has changed', 'IMAGE_CHANGED', (file: string) => writeFile(file, 'another picture')],
    ['is gone', 'IMAGE_NOT_FOUND', (file: string) => rm(file)],
  ])('that %s since it was found is reported', async (_what, code, change) => {
    const { run, server } = await web();
    const file = join(await temporaryFolder(), 'a.png');
    await writeFile(file, await picture(server));
    const found = await (await run()).local(file as FilePath);
    await change(file);
    expect(await bytesOf(found)).toBe(code);
  });

  test('is looked at again when it has changed', async () => {
    const { run, server } = await web();
    const file = join(await temporaryFolder(), 'a.png');
    await writeFile(file, await picture(server));
    await (await run()).local(file as FilePath);
    await writeFile(file, 'no picture');
    expect(await (await run()).local(file as FilePath)).toMatchObject({
      failure: { code: 'IMAGE_NOT_AN_IMAGE' },
    });
  });

  test('that does not exist is reported without the path of this machine', async () => {
    const { run } = await web();
    const dir = await temporaryFolder();
    const found = await (await run()).local(join(dir, 'a.png') as FilePath);
    expect([found, JSON.stringify(found).includes(dir)]).toMatchObject([
      { failure: { code: 'IMAGE_NOT_FOUND', message: 'the file cannot be read (ENOENT)' } },
      false,
    ]);
  });

  test('of gigabytes is refused by its size', async () => {
    const { run } = await web();
    const file = join(await temporaryFolder(), 'huge.png');
    await writeFile(file, '');
    await truncate(file, 3 * 1024 ** 3);
    expect(await (await run()).local(file as FilePath)).toEqual({
      ok: false,
      failure: { code: 'IMAGE_TOO_LARGE', message: 'the file has 3072 MiB, more than 1' },
    });
  });

  test('that is a folder is none', async () => {
    const { run } = await web();
    expect(await (await run()).local((await temporaryFolder()) as FilePath)).toMatchObject({
      failure: { code: 'IMAGE_NOT_FOUND', message: 'this is not a regular file' },
    });
  });

  test('that is a pipe is refused without waiting for it', async () => {
    const { run } = await web();
    const pipe = join(await temporaryFolder(), 'pipe.png');
    execFileSync('mkfifo', [pipe]);
    expect(await (await run()).local(pipe as FilePath)).toMatchObject({
      failure: { message: 'this is not a regular file' },
    });
  });

  test('that is a device is none', async () => {
    const { run } = await web();
    expect(await (await run()).local('/dev/zero' as FilePath)).toMatchObject({
      failure: { message: 'this is not a regular file' },
    });
  });
});
