import { type ChildProcess, spawn } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createDecoder, type DecoderOptions } from '../../../src/images/decoder/decoder.ts';
import { DEFAULT_LIMITS, type ImageLimits } from '../../../src/images/model/limits.ts';
import type { Decoder, ImageResult, RenditionSpec } from '../../../src/images/model/model.ts';
import { makeRendition } from '../../../src/images/renditions/renditions.ts';
import { storedImageOf } from '../../support/stored-image.ts';
import { flatDrawing, originalOf, photograph, storedOriginal } from '../pictures.ts';

const FIT: RenditionSpec = { maxWidthPx: 100, maxHeightPx: 100, frame: 1, mode: 'print' };

/** Processes that this one starts, the newest last. */
const started: ChildProcess[] = [];
const note = (message: unknown): void => {
  started.push((message as { process: ChildProcess }).process);
};
beforeAll(() => subscribe('child_process', note));
afterAll(() => {
  unsubscribe('child_process', note);
});

function decoderWith(
  limits: Partial<ImageLimits> = {},
  options: Partial<DecoderOptions> = {},
): { readonly decoder: Decoder; readonly children: () => readonly ChildProcess[] } {
  const before = started.length;
  const decoder = createDecoder({ limits: { ...DEFAULT_LIMITS, ...limits }, ...options });
  onTestFinished(() => decoder.close());
  return { decoder, children: () => started.slice(before) };
}

/** Of which a decoder has something to do for a second or more. */
let heavy: Buffer;
beforeAll(async () => {
  heavy = await sharp({
    create: {
      width: 5000,
      height: 5000,
      channels: 3,
      background: 'red',
      noise: { type: 'gaussian', sigma: 30 },
    },
  })
    .jpeg({ progressive: true })
    .toBuffer();
});

const light = (): Promise<Buffer> => flatDrawing(60, 40).png().toBuffer();
const failureOf = (result: ImageResult<object>): unknown => (result.ok ? 'none' : result.failure);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a decoder', () => {
  test('starts a process before there is work, once', async () => {
    const { decoder, children } = decoderWith();
    decoder.warmUp();
    decoder.warmUp();
    expect(children()).toHaveLength(1);
    expect((await decoder.inspect(await light())).ok).toBe(true);
    expect(children()).toHaveLength(1);
  });

  const decoder = createDecoder({ limits: DEFAULT_LIMITS });
  afterAll(() => decoder.close());

  test('tells the facts of a picture', async () => {
    const facts = { type: 'image/png', widthPx: 60, heightPx: 40, frames: 1 };
    expect(await decoder.inspect(await light())).toEqual({ ok: true, facts });
  });

  test('makes the same rendition as would be made here', async () => {
    const bytes = await photograph().png().toBuffer();
    const made = await decoder.rendition(await storedOriginal(bytes), FIT);
    const here = await makeRendition(await originalOf(bytes), FIT);
    expect(made.ok && Buffer.compare(made.rendition.bytes, here.bytes)).toBe(0);
  });

  test('ends a process that has nothing to do and holds much', async () => {
    const { decoder: busy, children } = decoderWith({}, { idleBytes: 1 });
    await busy.inspect(await light());
    const [child] = children();
    if (child?.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child?.signalCode).toBe('SIGKILL');
  });

  test('passes on why bytes are no picture', async () => {
    expect(
      failureOf(await decoder.inspect(Buffer.from('<!doctype html><title>Log in</title>'))),
    ).toMatchObject({
      code: 'IMAGE_NOT_AN_IMAGE',
    });
  });

  test('takes a rendition that cannot be made for a broken picture', async () => {
    const bytes = await light();
    const cut = storedImageOf(bytes.subarray(0, 60), await originalOf(bytes));
    const result = await decoder.rendition(cut, FIT);
    expect(failureOf(result)).toMatchObject({ code: 'IMAGE_BROKEN' });
  });

  test('starts nothing before there is something to do', () => {
    expect(decoderWith().children()).toEqual([]);
  });

  test.each([
    ['one process', 'few', Number.POSITIVE_INFINITY, 1],
    ['two processes', 'many', 0, 2],
  ])(
    'does many pictures with %s if %s bytes wait, each of them right',
    async (_, __, waitingBytes, count) => {
      const { decoder, children } = decoderWith({}, { processes: 2, waitingBytes });
      const sizes = Array.from({ length: 20 }, (_, i) => 20 + i);
      const results = await Promise.all(
        sizes.map(async (width) => decoder.inspect(await flatDrawing(width, 40).png().toBuffer())),
      );
      const widths = results.map((result) => result.ok && result.facts.widthPx);
      expect([widths, children().length]).toEqual([sizes, count]);
    },
  );

  test('keeps the secrets of the environment to itself', async () => {
    const { decoder, children } = decoderWith({}, { env: { ...process.env, DECKHAND_TOKEN: 'secret' } });
    await decoder.inspect(await light());
    expect(
      children()
        .map(({ spawnargs }) => spawnargs.join(' '))
        .join(),
    ).not.toContain('secret');
  });
});

describe('a picture that takes', () => {
  test('too long fails with the reason', async () => {
    const { decoder } = decoderWith({ decodeTimeoutMs: 1 });
    expect(failureOf(await decoder.inspect(heavy))).toEqual({
      code: 'IMAGE_TOO_LARGE',
      message: 'decoding it needs more than 0.001 s',
    });
  });

  test('too much memory fails with the reason', async () => {
    const { decoder } = decoderWith({ decodeMemoryBytes: 1 << 20 });
    expect(failureOf(await decoder.inspect(await light()))).toEqual({
      code: 'IMAGE_TOO_LARGE',
      message: 'decoding it needs more than 1 MiB of memory',
    });
  });

  test('more memory while it is decoded fails with the reason', async () => {
    const { decoder } = decoderWith({ decodeMemoryBytes: 300 << 20 });
    const image = storedImageOf(heavy, { type: 'image/jpeg', widthPx: 5000, heightPx: 5000 });
    const spec = { ...FIT, maxWidthPx: 6000, maxHeightPx: 6000 };
    expect(failureOf(await decoder.rendition(image, spec))).toMatchObject({
      message: 'decoding it needs more than 300 MiB of memory',
    });
  });

  test('its process down fails with the reason', async () => {
    const { decoder, children } = decoderWith({}, { processes: 1 });
    const result = decoder.inspect(heavy);
    await begun(children);
    children()[0]?.kill('SIGSEGV');
    expect(failureOf(await result)).toEqual({ code: 'IMAGE_BROKEN', message: 'the decoder crashed' });
  });

  test('too long takes no other picture along', async () => {
    // Its process is halted, so that it takes too long on any machine; the light one takes a few milliseconds of a second.
    const { decoder, children } = decoderWith({ decodeTimeoutMs: 1_000 }, { processes: 1 });
    const bytes = await light();
    const both = Promise.all([decoder.inspect(heavy), decoder.inspect(bytes)]);
    await begun(children);
    children()[0]?.kill('SIGSTOP');
    const results = await both;
    expect(results.map(({ ok }) => ok)).toEqual([false, true]);
  });

  test('its process down does not affect other images', async () => {
    const { decoder, children } = decoderWith({}, { processes: 2 });
    const first = decoder.inspect(heavy);
    await begun(children);
    const second = decoder.inspect(heavy);
    children()[0]?.kill('SIGKILL');
    expect([(await first).ok, (await second).ok]).toEqual([false, true]);
  });
});

describe('a process', () => {
  test('that died while it waited is replaced', async () => {
    const { decoder, children } = decoderWith({}, { processes: 1 });
    await decoder.inspect(await light());
    children()[0]?.kill('SIGKILL');
    expect((await decoder.inspect(await light())).ok).toBe(true);
  });

  test('that holds on to much memory is replaced', async () => {
    const { decoder, children } = decoderWith({ decodeMemoryBytes: 110 << 20 }, { processes: 1 });
    await decoder.inspect(await light());
    await decoder.inspect(await light());
    expect(children().length).toBe(2);
  });

  test('that cannot start says why', async () => {
    const { decoder } = decoderWith({}, { env: { LD_PRELOAD: '', TMPDIR: '/nowhere' } });
    expect((await decoder.inspect(await light())).ok).toBe(true);
  });
});

describe('closing', () => {
  test('ends the processes', async () => {
    const { decoder, children } = decoderWith();
    await decoder.inspect(await light());
    await decoder.close();
    expect(children().map(({ signalCode }) => signalCode)).toEqual(['SIGKILL']);
  });

  test('fails what is under way and what waits', async () => {
    const { decoder, children } = decoderWith({}, { processes: 1 });
    const results = Promise.all([decoder.inspect(heavy), decoder.inspect(await light())]);
    await begun(children);
    await decoder.close();
    expect((await results).map(failureOf)).toMatchObject([
      { code: 'IMAGE_BROKEN' },
      { code: 'IMAGE_BROKEN' },
    ]);
  });
});

describe('a program that forgets its decoder', () => {
  const program = join(import.meta.dirname, '../../support/decoder-idle.ts');
  const run = (...args: readonly string[]) => {
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    return child;
  };

  test('comes to its end', async () => {
    expect(await once(run(), 'exit')).toEqual([0, null]);
  });

  test('takes the processes along when it is killed', async () => {
    const child = run('stay');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const pids = [Number((await lines.next()).value), Number((await lines.next()).value)];
    expect(pids.map(isRunning)).toEqual([true, true]);
    child.kill('SIGKILL');
    await expect.poll(() => pids.some(isRunning), { timeout: 20_000 }).toBe(false);
  });
});

/** When the newest process has read its job. */
async function begun(children: () => readonly ChildProcess[]): Promise<void> {
  await expect.poll(() => children().length).toBeGreaterThan(0);
  const child = children().at(-1);
  if (child) await once(child, 'message');
}
