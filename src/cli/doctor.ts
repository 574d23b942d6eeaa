import { constants } from 'node:fs';
import { access, mkdir, realpath } from 'node:fs/promises';
import type { Browser } from 'puppeteer';
import sharp from 'sharp';
import { unpackedBundled } from '../browser/find/bundled.ts';
import { browsersHere, type FoundBrowser } from '../browser/find/candidates.ts';
import { findBrowser } from '../browser/find/find.ts';
import { prepareFonts } from '../browser/fonts/fonts.ts';
import { withBrowser } from '../browser/launch.ts';
import { sandboxDecision } from '../browser/sandbox.ts';
import { DeckhandError, messageOf } from '../model/errors.ts';
import { folderBytes } from '../system/folder-bytes.ts';

export interface DoctorOptions {
  readonly browser?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly cacheDir: string;
  /** False for `--no-sandbox`. */
  readonly sandbox: boolean;
  readonly offline: boolean;
  /** `process.versions.node`. */
  readonly nodeVersion: string;
}

interface DoctorCheck {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'error';
  readonly detail: string;
  /** What to do, in one sentence. */
  readonly fix?: string;
}

export interface DoctorReport {
  readonly checks: readonly DoctorCheck[];
}

/**
 * Checks everything that a build needs on this machine, including a printed page. Problems become a check with the status
 * `error`; only an abort throws.
 */
export async function diagnose(options: DoctorOptions, signal?: AbortSignal): Promise<DoctorReport> {
  const { env, cacheDir, sandbox } = options;
  const found = await attempt(() => findBrowser(options, signal), signal);
  const fonts = await attempt(() => prepareFonts({ cacheDir }), signal);
  const decision = sandboxDecision({ requested: sandbox, env, uid: process.getuid?.() });
  const checks: DoctorCheck[] = [
    checkNode(options.nodeVersion),
    checkFound(found),
    ...(await checkOthers(options, found, signal)),
  ];
  checks.push(
    decision.sandbox
      ? { name: 'sandbox', status: 'ok', detail: 'on' }
      : {
          name: 'sandbox',
          status: 'warning',
          detail: `off (${decision.reason})`,
          fix: 'Build decks that you do not trust as an ordinary user, with the sandbox on.',
        },
  );
  checks.push(
    fonts.ok
      ? { name: 'fonts', status: 'ok', detail: fonts.value.fontconfigFile }
      : failed('fonts', fonts.error),
  );
  if (found.ok && fonts.ok) {
    const launch = {
      found: found.value,
      sandbox: decision.sandbox,
      env,
      fontconfigFile: fonts.value.fontconfigFile,
    };
    const printed = await attempt(() => withBrowser(launch, printPage, signal), signal);
    checks.push(printed.ok ? printed.value : failed('printing', printed.error));
  }
  checks.push(await checkCache(cacheDir), await checkSharp());
  return { checks };
}

/** The report for people: one line per check, and one for what to do about it. */
export function formatDoctor(report: DoctorReport): string {
  const marks = { ok: '✓', warning: '!', error: '✗' } as const;
  const width = Math.max(...report.checks.map((check) => check.name.length));
  return report.checks
    .flatMap(({ name, status, detail, fix }) => [
      `${marks[status]} ${name.padEnd(width)}  ${detail}`,
      ...(fix === undefined ? [] : [`  ${' '.repeat(width)}  → ${fix}`]),
    ])
    .join('\n');
}

type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

async function attempt<T>(run: () => Promise<T>, signal: AbortSignal | undefined): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    signal?.throwIfAborted();
    return { ok: false, error };
  }
}

function failed(name: string, error: unknown): DoctorCheck {
  const fix = error instanceof DeckhandError ? error.hint : undefined;
  return { name, status: 'error', detail: messageOf(error), ...(fix === undefined ? {} : { fix }) };
}

function checkNode(version: string): DoctorCheck {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return { name: 'node', status: 'ok', detail: version };
  return {
    name: 'node',
    status: 'error',
    detail: `${version} is too old`,
    fix: 'Install Node 20.19 or newer.',
  };
}

function checkFound(found: Attempt<FoundBrowser>): DoctorCheck {
  if (!found.ok) return failed('browser', found.error);
  const { executablePath, source } = found.value;
  const detail = `${executablePath} (${source}): ${reasonFor(found.value)}`;
  return { name: 'browser', status: 'ok', detail };
}

function reasonFor({ source, origin, headlessShell }: FoundBrowser): string {
  switch (origin) {
    case 'named':
      return `chosen because ${source} names it`;
    case 'bundled':
      return 'chosen because it creates the same files on every machine';
    case 'installed':
    case 'downloaded':
      return headlessShell
        ? 'chosen because a headless shell takes half the time of a whole browser'
        : 'chosen because no headless shell is installed, which would take half the time';
  }
}

/** Alternatives for `--browser`. */
async function checkOthers(
  { env, cacheDir }: DoctorOptions,
  found: Attempt<FoundBrowser>,
  signal: AbortSignal | undefined,
): Promise<DoctorCheck[]> {
  const chosen = found.ok ? await realpath(found.value.executablePath) : undefined;
  const others: string[] = [];
  for await (const { found: other, version } of browsersHere({ env, cacheDir }, unpackedBundled, signal))
    if ((await realpath(other.executablePath)) !== chosen)
      others.push(`${other.executablePath} (${version})`);
  return others.length > 0
    ? [{ name: 'others', status: 'ok', detail: `not chosen: ${others.join(', ')}` }]
    : [];
}

const PAGE = '<!doctype html><html lang="en"><title>Doctor</title><body><h1>Deckhand prints this line.</h1>';

/** Prints one page. Without fonts printing succeeds but the page is blank, so the embedded font is checked. */
async function printPage(browser: Browser): Promise<DoctorCheck> {
  const page = await browser.newPage();
  await page.setContent(PAGE);
  const widthPx = await page.$eval('h1', (heading) => {
    const range = document.createRange();
    range.selectNodeContents(heading);
    return range.getBoundingClientRect().width;
  });
  const pdf = Buffer.from(await page.pdf()).toString('latin1');
  const version = await browser.version();
  if (widthPx > 0 && /\/FontFile[23]?\s/.test(pdf)) {
    return { name: 'printing', status: 'ok', detail: `${version} starts and prints text` };
  }
  return {
    name: 'printing',
    status: 'error',
    detail: `${version} prints a blank page`,
    fix: 'It does not find a font: unset FONTCONFIG_FILE, or install one (Debian: apt-get install fonts-dejavu-core).',
  };
}

async function checkCache(dir: string): Promise<DoctorCheck> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await access(dir, constants.W_OK);
    return {
      name: 'cache',
      status: 'ok',
      detail: `${dir} (${Math.round((await folderBytes(dir)) / 1e6)} MB)`,
    };
  } catch (error) {
    const fix = 'Name a writable folder with --cache-dir or XDG_CACHE_HOME.';
    return { name: 'cache', status: 'error', detail: `${dir} cannot be written: ${messageOf(error)}`, fix };
  }
}

async function checkSharp(): Promise<DoctorCheck> {
  try {
    const create = { width: 2, height: 2, channels: 3, background: '#fff' } as const;
    const png = await sharp({ create }).png().toBuffer();
    await sharp(png, { failOn: 'warning' }).raw().toBuffer();
    return { name: 'sharp', status: 'ok', detail: `${sharp.versions.sharp}, libvips ${sharp.versions.vips}` };
  } catch (error) {
    const fix = 'Install again with npm ci on this platform.';
    return { name: 'sharp', status: 'error', detail: messageOf(error), fix };
  }
}
