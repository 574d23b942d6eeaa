import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'puppeteer';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serveThrough } from '../../src/browser/gateway.ts';
import { launchBrowser, withBrowser } from '../../src/browser/launch.ts';
import { chromium } from '../support/chromium.ts';
import { script, temporaryFolder } from '../support/temporary.ts';

/** A server that counts who connects, and how. */
async function listener(): Promise<{ readonly port: number; readonly connections: () => number }> {
  let connections = 0;
  const server = createServer((_request, response) => response.end('reached'));
  server.on('connection', () => {
    connections++;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const pidOf = (browser: Browser): number => browser.process()?.pid ?? Number.NaN;

describe('a launched browser', () => {
  test('shows a page that is served by interception alone', async () => {
    const text = await withBrowser(await chromium(), async (browser) => {
      const page = await browser.newPage();
      await serveThrough(page, async ({ url }) =>
        url.endsWith('.js')
          ? { type: 'text/javascript', bytes: 'document.body.append("script ran")' }
          : { type: 'text/html', bytes: '<body><script src="/a.js"></script>' },
      );
      await page.goto('https://deck.invalid/');
      return page.$eval('body', (element) => element.textContent);
    });
    expect(text).toContain('script ran');
  });

  test('reaches no server, not even on this machine', async () => {
    const { port, connections } = await listener();
    await withBrowser(await chromium(), async (browser) => {
      for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::ffff:127.0.0.1]:${port}`]) {
        const visitor = await browser.newPage();
        await expect(visitor.goto(`http://${host}/`)).rejects.toThrow('net::ERR');
        const page = await browser.newPage();
        await page.setContent(
          `<link rel="preconnect" href="http://${host}"><img src="http://${host}/a.png">`,
        );
        await page.evaluate(async (target) => {
          const socket = new WebSocket(`ws://${target}/`);
          const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
          await fetch(`http://${target}/`, { mode: 'no-cors' }).catch(() => undefined);
          await closed;
        }, host);
      }
    });
    expect(connections()).toBe(0);
  });

  test('uses UTC and English in any environment', async () => {
    const options = await chromium();
    const env = { ...options.env, TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8' };
    const world = await withBrowser({ ...options, env }, async (browser) => {
      const page = await browser.newPage();
      return page.evaluate(() => [Intl.DateTimeFormat().resolvedOptions().timeZone, navigator.language]);
    });
    expect(world).toEqual(['UTC', 'en-US']);
  });

  test('gets no variable that may hold a secret', async () => {
    const dir = await temporaryFolder();
    const spy = await script(join(dir, 'spy'), `env > ${dir}/env; exit 1`);
    const options = await chromium();
    const found = {
      executablePath: spy,
      source: 'test',
      origin: 'named' as const,
      headlessShell: true,
      env: {},
    };
    await launchBrowser({ ...options, found, env: { ...options.env, TOKEN: 'secret' } }).catch(
      () => undefined,
    );
    expect(await readFile(join(dir, 'env'), 'utf8')).not.toContain('secret');
  });

  test('is gone when the function is done', async () => {
    const pid = await withBrowser(await chromium(), async (browser) => pidOf(browser));
    expect(isAlive(pid)).toBe(false);
  });

  test('is gone when the function throws', async () => {
    let pid = Number.NaN;
    const broken = withBrowser(await chromium(), async (browser) => {
      pid = pidOf(browser);
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
    expect(isAlive(pid)).toBe(false);
  });

  test('is killed by an abort', async () => {
    const abort = new AbortController();
    const { browser, close } = await launchBrowser(await chromium(), abort.signal);
    const gone = new Promise((resolve) => browser.once('disconnected', resolve));
    abort.abort();
    await gone;
    await close();
    expect(isAlive(pidOf(browser))).toBe(false);
  });

  test('can be closed after it was killed from outside', async () => {
    const { browser, close } = await launchBrowser(await chromium());
    browser.process()?.kill('SIGKILL');
    await expect(close()).resolves.toBeUndefined();
  });

  test('can be closed while it does not answer', async () => {
    const { browser, close } = await launchBrowser(await chromium());
    browser.process()?.kill('SIGSTOP');
    await close();
    expect(isAlive(pidOf(browser))).toBe(false);
  });

  test('gets a second try when it dies at its start', async () => {
    const dir = await temporaryFolder();
    const options = await chromium();
    const body = `[ "$1" = --version ] && exit 0
      [ -e ${dir}/tried ] || { touch ${dir}/tried; exit 1; }
      exec ${options.found.executablePath} "$@"`;
    const found = { ...options.found, executablePath: await script(join(dir, 'flaky'), body) };
    expect(await withBrowser({ ...options, found }, (browser) => browser.version())).toContain('Chrome');
  });

  test('is not started for a signal that was aborted before', async () => {
    await expect(launchBrowser(await chromium(), AbortSignal.abort(new Error('stop')))).rejects.toThrow(
      'stop',
    );
  });
});

describe.skipIf(process.platform === 'win32')('a browser that does not start', () => {
  /** Launches a script in the place of a browser and gives the error. */
  async function failure(body: string, sandbox = true): Promise<unknown> {
    const executablePath = await script(join(await temporaryFolder(), 'fake'), body);
    const found = { executablePath, source: 'test', origin: 'named' as const, headlessShell: true, env: {} };
    return launchBrowser({ ...(await chromium()), found, sandbox }).catch((error: unknown) => error);
  }

  test('for lack of a library names the library and its package', async () => {
    const words = 'x: error while loading shared libraries: libnss3.so: cannot open shared object file';
    expect(await failure(`echo "${words}" >&2; exit 127`)).toMatchObject({
      code: 'BROWSER_LAUNCH_FAILED',
      exitCode: 3,
      message: expect.stringMatching(/libnss3\.so is missing$/),
      hint: expect.stringContaining('apt-get install libnss3'),
    });
  });

  test('for lack of a sandbox says so and names --no-sandbox', async () => {
    const body = `[ "$1" = --version ] && exit 0; echo "FATAL: No usable sandbox!" >&2; exit 1`;
    expect(await failure(body)).toMatchObject({
      code: 'BROWSER_LAUNCH_FAILED',
      message: expect.stringContaining('sandbox'),
      hint: expect.stringContaining('--no-sandbox'),
    });
  });

  test('for another reason gives the line it printed', async () => {
    const body = `[ "$1" = --version ] && exit 0; echo "FATAL: the disk is on fire" >&2; exit 1`;
    expect(await failure(body)).toMatchObject({ message: expect.stringMatching(/the disk is on fire$/) });
  });

  test('because it is no program for this machine is an error, not a crash', async () => {
    const executablePath = join(await temporaryFolder(), 'fake');
    await writeFile(executablePath, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 9, 9, 9, 9]));
    await chmod(executablePath, 0o755);
    const found = { executablePath, source: 'test', origin: 'named' as const, headlessShell: true, env: {} };
    await expect(launchBrowser({ ...(await chromium()), found })).rejects.toMatchObject({
      code: 'BROWSER_LAUNCH_FAILED',
    });
  });

  test('because its sandbox cannot work is not tried again without it', async () => {
    const log = join(await temporaryFolder(), 'arguments');
    const words = 'Running as root without --no-sandbox is not supported';
    const body = `[ "$1" = --version ] && exit 0; echo "$@" >> ${log}; echo "ERROR: ${words}" >&2; exit 1`;
    expect(await failure(body)).toMatchObject({ hint: expect.stringContaining('--no-sandbox') });
    expect(await readFile(log, 'utf8')).not.toContain('--no-sandbox');
  });
});
