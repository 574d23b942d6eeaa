import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, type Diagnostic, publishedOutputs, type RunReport } from '../../src/index.ts';
import { makeCourse } from '../support/course.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { sharedPorts } from '../support/shared-browser.ts';

/** Every way to misbehave, and what a deck that asks for it is told; nothing, where the picture is to be had. */
const FAULTS: Readonly<Record<string, string | undefined>> = {
  '404': 'IMAGE_HTTP_STATUS',
  '403': 'IMAGE_HTTP_STATUS',
  '500': 'IMAGE_HTTP_STATUS',
  'needs-user-agent': undefined,
  flaky: undefined,
  throttled: undefined,
  'throttled-for-a-day': 'IMAGE_HTTP_STATUS',
  reset: 'IMAGE_UNREACHABLE',
  hang: 'IMAGE_TIMEOUT',
  'hang-in-body': 'IMAGE_TIMEOUT',
  trickle: 'IMAGE_TIMEOUT',
  endless: 'IMAGE_TOO_LARGE',
  truncated: 'IMAGE_UNREACHABLE',
  'half-an-image': 'IMAGE_BROKEN',
  empty: 'IMAGE_NOT_AN_IMAGE',
  html: 'IMAGE_NOT_AN_IMAGE',
  'wrong-type': undefined,
  'gzip-bomb': 'IMAGE_TOO_LARGE',
  gzip: undefined,
  redirect: undefined,
  'redirect-loop': 'IMAGE_TOO_MANY_REDIRECTS',
  'redirect-to-metadata': 'IMAGE_FORBIDDEN_ADDRESS',
  'redirect-to-file': 'IMAGE_FORBIDDEN_ADDRESS',
  'script.svg': undefined,
  'entity-bomb.svg': 'IMAGE_BROKEN',
};

const NAMES = Object.keys(FAULTS);
const urlOf = (name: string): string => `https://web.example/fault/${name}`;
/** Each on a slide of its own; the first line of the deck is 1, and each slide takes four. */
const DECK = NAMES.map((name) => `![the picture ${name}](${urlOf(name)})`).join('\n\n---\n\n');
const lineOf = (name: string): number => 1 + 4 * NAMES.indexOf(name);

describe('a deck with every fault there is', () => {
  let server: FaultServer;
  let report: RunReport;
  let folder: string;

  beforeAll(async () => {
    server = await startFaultServer();
    folder = await makeCourse({ 'decks/faults.md': DECK });
    report = await build(
      {
        decks: ['decks/faults.md'],
        cacheDir: `${folder}/cache`,
        imageMirror: [`https://web.example/=${server.url('/')}`],
        images: {
          responseTimeout: 2,
          stallTimeout: 2,
          totalTimeout: 10,
          maxMegabytes: 8,
          retryDelay: 0.05,
          fetchesPerHost: 6,
        },
      },
      { ...sharedPorts(), cwd: folder },
    );
  });

  afterAll(async () => {
    await server.close();
    await rm(dirname(folder), { recursive: true, force: true });
  });

  const about = (name: string): Diagnostic[] =>
    (report.decks[0]?.diagnostics ?? []).filter(({ url }) => url === urlOf(name));

  test('is built whole, with exit code 0', () => {
    const outputs = report.decks.flatMap(publishedOutputs).map(({ kind, pages }) => [kind, pages]);
    expect([report.exitCode, outputs[0]]).toEqual([0, ['slides', NAMES.length]]);
  });

  test.each(NAMES)('tells once, or not at all, of %s, with line and address', (name) => {
    const expected = FAULTS[name] ? [{ code: FAULTS[name], line: lineOf(name), url: urlOf(name) }] : [];
    expect(about(name).map(({ code, line, url }) => ({ code, line, url }))).toEqual(expected);
  });

  test('reports no fault that was not caused', () => {
    const others = (report.decks[0]?.diagnostics ?? []).filter(
      ({ url, code }) => url === undefined && code.startsWith('IMAGE_'),
    );
    expect(others).toEqual([]);
  });

  test('asks for nothing that a picture only smuggles in', () => {
    expect(server.requests().filter((path) => /canary|meta-data|passwd/.test(path))).toEqual([]);
  });
});
