import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { browsersHere, type UnpackBundle } from '../../../src/browser/find/candidates.ts';
import { downloadBrowser } from '../../../src/browser/find/download.ts';
import { type FoundBrowser, findBrowser } from '../../../src/browser/find/find.ts';
import { inUsualPlaces } from '../../../src/browser/find/installed.ts';
import { script, temporaryFolder } from '../../support/temporary.ts';

const RUNS = 'echo Chromium 1.2.3.4';
/** As where the optional package is not installed. */
const NO_BUNDLE: UnpackBundle = async () => undefined;

/** A home where no browser is, in a world without a network. */
async function bareHome() {
  const home = await temporaryFolder();
  const env: NodeJS.ProcessEnv = { HOME: home, PATH: join(home, 'bin') };
  const cacheDir = join(home, 'cache');
  const find = (
    extra: NodeJS.ProcessEnv = {},
    browser?: string,
    log?: (line: string) => void,
    unpack = NO_BUNDLE,
  ): Promise<FoundBrowser> =>
    findBrowser({ env: { ...env, ...extra }, cacheDir, browser, offline: true, log }, undefined, unpack);
  const inPuppeteerCache = (version: string, body = RUNS): Promise<string> => {
    const folder = join(home, '.cache/puppeteer/chrome-headless-shell', `linux-${version}`);
    return script(join(folder, 'chrome-headless-shell-linux64/chrome-headless-shell'), body);
  };
  return { home, env, cacheDir, find, inPuppeteerCache };
}

/** A server for downloads. Without a handler it takes the request and stays silent. */
async function downloadServer(status?: number): Promise<string> {
  const server = createServer((_request, response) => {
    if (status !== undefined) response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('finding a browser', () => {
  test('--browser comes before everything else', async () => {
    const { home, find, inPuppeteerCache } = await bareHome();
    await inPuppeteerCache('147.0.0.1');
    const mine = await script(join(home, 'mine'), RUNS);
    const found = await find({ CHROME_PATH: await script(join(home, 'other'), RUNS) }, mine);
    expect(found).toEqual({
      executablePath: mine,
      source: '--browser',
      origin: 'named',
      headlessShell: false,
      env: {},
    });
  });

  test('a variable comes before the cache of puppeteer', async () => {
    const { home, find, inPuppeteerCache } = await bareHome();
    await inPuppeteerCache('147.0.0.1');
    const found = await find({ CHROME_BIN: await script(join(home, 'mine'), RUNS) });
    expect(found.source).toBe('CHROME_BIN');
  });

  test('of several variables the first in the documented order counts', async () => {
    const { home, find } = await bareHome();
    const mine = await script(join(home, 'mine'), RUNS);
    const found = await find({ CHROME_BIN: '/nowhere', CHROME_PATH: mine });
    expect(found.source).toBe('CHROME_PATH');
  });

  test('a variable that names no program is an error with its name', async () => {
    const { find } = await bareHome();
    await expect(find({ CHROME_PATH: '/nowhere/chrome' })).rejects.toMatchObject({
      code: 'BROWSER_NOT_EXECUTABLE',
      exitCode: 3,
      message: expect.stringContaining('CHROME_PATH names /nowhere/chrome'),
    });
  });

  test('a folder is not a browser', async () => {
    const { home, find } = await bareHome();
    await expect(find({}, home)).rejects.toMatchObject({ code: 'BROWSER_NOT_EXECUTABLE' });
  });

  test('the newest version in the cache of puppeteer wins', async () => {
    const { find, inPuppeteerCache } = await bareHome();
    await inPuppeteerCache('99.0.0.1');
    const newest = await inPuppeteerCache('147.0.0.1');
    await inPuppeteerCache('147.0.0.0');
    expect(await find()).toMatchObject({
      executablePath: newest,
      source: 'puppeteer cache',
      headlessShell: true,
    });
  });

  test('a broken entry in the cache of puppeteer is passed over', async () => {
    const { home, find, inPuppeteerCache } = await bareHome();
    const whole = await inPuppeteerCache('140.0.0.0');
    await inPuppeteerCache(
      '141.0.0.0',
      'echo error while loading shared libraries: libnss3.so >&2; exit 127',
    );
    await mkdir(join(home, '.cache/puppeteer/chrome-headless-shell/linux-142.0.0.0'), { recursive: true });
    expect((await find()).executablePath).toBe(whole);
  });

  test('a damaged metadata file does not hide other browsers', async () => {
    const { home, find, inPuppeteerCache } = await bareHome();
    await inPuppeteerCache('140.0.0.0');
    await writeFile(join(home, '.cache/puppeteer/chrome-headless-shell/.metadata'), '{');
    await script(join(home, 'bin/chromium'), RUNS);
    expect((await find()).source).toBe('PATH');
  });

  test('the cache of puppeteer comes before PATH', async () => {
    const { home, find, inPuppeteerCache } = await bareHome();
    await inPuppeteerCache('140.0.0.0');
    await script(join(home, 'bin/google-chrome'), RUNS);
    expect((await find()).source).toBe('puppeteer cache');
  });

  test('an installed headless shell comes before every whole Chrome', async () => {
    const { home, find } = await bareHome();
    await script(join(home, '.cache/puppeteer/chrome/linux-150.0.0.0/chrome-linux64/chrome'), RUNS);
    await script(join(home, 'bin/google-chrome'), RUNS);
    const shell = await script(join(home, 'bin/chromium-headless-shell'), RUNS);
    expect(await find()).toMatchObject({ executablePath: shell, headlessShell: true });
  });

  test('the bundled browser comes before what is installed', async () => {
    const { home, inPuppeteerCache, find } = await bareHome();
    await inPuppeteerCache('150.0.0.0');
    await script(join(home, 'bin/chromium-headless-shell'), RUNS);
    const bundled = await script(join(home, 'bundle/chromium'), RUNS);
    const unpack: UnpackBundle = async () => ({ executablePath: bundled, version: '1', libraryDir: home });
    expect(await find({}, undefined, undefined, unpack)).toMatchObject({
      source: '@sparticuz/chromium 1',
      env: { LD_LIBRARY_PATH: home },
    });
  });

  test('a bundled browser that does not run here is passed over and named', async () => {
    const { home, find } = await bareHome();
    const broken = await script(join(home, 'broken/chromium'), 'echo no such libc >&2; exit 127');
    const shell = await script(join(home, 'bin/chromium-headless-shell'), RUNS);
    const lines: string[] = [];
    const unpack: UnpackBundle = async () => ({ executablePath: broken, version: '1', libraryDir: home });
    const found = await find({}, undefined, (line) => lines.push(line), unpack);
    expect(found.executablePath).toBe(shell);
    expect(lines).toEqual([expect.stringContaining('no such libc')]);
  });

  test('a bundled browser that cannot be unpacked costs only itself', async () => {
    const { home, find } = await bareHome();
    const shell = await script(join(home, 'bin/chromium-headless-shell'), RUNS);
    const unpack: UnpackBundle = async () => {
      throw new Error('no room');
    };
    expect((await find({}, undefined, undefined, unpack)).executablePath).toBe(shell);
  });

  test('all browsers of a machine are listed, best first, with their versions', async () => {
    const { home, env, cacheDir, inPuppeteerCache } = await bareHome();
    await script(join(home, 'bin/google-chrome'), 'echo Google Chrome 3');
    await script(join(home, 'bin/chromium'), 'exit 1');
    await script(join(home, 'bin/chromium-headless-shell'), 'echo Chromium 2');
    await inPuppeteerCache('147.0.0.1');
    const versions: string[] = [];
    for await (const { version } of browsersHere({ env, cacheDir }, NO_BUNDLE)) versions.push(version);
    expect(versions.slice(0, 3)).toEqual(['Chromium 1.2.3.4', 'Chromium 2', 'Google Chrome 3']);
  });

  test('a program on PATH that only says to install a snap is passed over and named', async () => {
    const { home, find } = await bareHome();
    await script(join(home, 'bin/chromium'), 'echo requires the chromium snap to be installed >&2; exit 10');
    const real = await script(join(home, 'bin/chromium-browser'), RUNS);
    const lines: string[] = [];
    expect((await find({}, undefined, (line) => lines.push(line))).executablePath).toBe(real);
    expect(lines).toEqual([expect.stringContaining('requires the chromium snap')]);
  });

  test('PUPPETEER_SKIP_DOWNLOAD prevents a download', async () => {
    const { env, cacheDir } = await bareHome();
    const lines: string[] = [];
    const skip = { ...env, PUPPETEER_SKIP_DOWNLOAD: '1' };
    // Where one is in the usual places of this machine, that is found.
    await findBrowser(
      { env: skip, cacheDir, offline: false, log: (line) => lines.push(line) },
      undefined,
      NO_BUNDLE,
    ).catch((error: Error) => expect(error.message).toContain('PUPPETEER_SKIP_DOWNLOAD is set'));
    expect(lines.join()).not.toContain('Downloading');
  });

  test('a download that the server refuses leaves no files and says why', async () => {
    const { home, env } = await bareHome();
    const base = { ...env, PUPPETEER_CHROME_HEADLESS_SHELL_DOWNLOAD_BASE_URL: await downloadServer(404) };
    const cacheDirs = [join(home, 'puppeteer')];
    await expect(downloadBrowser({ env: base, cacheDirs }, () => undefined)).rejects.toThrow('404');
    expect(await readdir(join(home, 'puppeteer'))).toEqual([]);
  });

  test('a download from a silent server is given up', async () => {
    const { home, env } = await bareHome();
    const base = { ...env, PUPPETEER_CHROME_HEADLESS_SHELL_DOWNLOAD_BASE_URL: await downloadServer() };
    const options = { env: base, cacheDirs: [join(home, 'puppeteer')], stallMs: 100 };
    await expect(downloadBrowser(options, () => undefined)).rejects.toThrow('no data for');
    expect(await readdir(join(home, 'puppeteer'))).toEqual([]);
  });
});

test('Windows is searched for Chrome and Edge where its variables point', () => {
  const places = inUsualPlaces({ PROGRAMFILES: 'C:\\P', LOCALAPPDATA: 'C:\\L' }, 'win32').map(
    (c) => c.executablePath,
  );
  expect(places).toContain('C:\\P\\Google\\Chrome\\Application\\chrome.exe');
  expect(places).toContain('C:\\L\\Google\\Chrome\\Application\\chrome.exe');
});
