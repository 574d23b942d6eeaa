import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diagnose, formatDoctor } from '../../src/cli/doctor.ts';
import { cacheRoot } from '../../src/system/cache-root.ts';
import { script, temporaryFolder } from '../support/temporary.ts';

const world = (env: NodeJS.ProcessEnv = process.env) => ({
  env,
  cacheDir: cacheRoot(process.env),
  sandbox: true,
  offline: false,
  nodeVersion: '20.19.0',
});

test('a machine that can build has no error', async () => {
  const { checks } = await diagnose(world());
  expect(checks.filter((check) => check.status === 'error')).toEqual([]);
});

test.skipIf(process.platform !== 'linux')(
  'a browser that prints blank pages for lack of fonts is an error',
  async () => {
    const conf = join(await temporaryFolder(), 'fonts.conf');
    await writeFile(conf, '<fontconfig></fontconfig>');
    const { checks } = await diagnose(world({ ...process.env, FONTCONFIG_FILE: conf }));
    expect(checks.find((check) => check.name === 'printing')).toMatchObject({ status: 'error' });
  },
);

test('a browser that the user named is chosen for that, and the others are listed', async () => {
  const home = await temporaryFolder();
  const named = await script(join(home, 'named'), 'echo Chromium 1');
  const shell = await script(join(home, 'bin/chromium-headless-shell'), 'echo Chromium 2');
  const env = { HOME: home, PATH: join(home, 'bin'), CHROME_PATH: named };
  const { checks } = await diagnose({ ...world(env), cacheDir: join(home, 'cache') });
  expect(checks.find(({ name }) => name === 'browser')?.detail).toContain('because CHROME_PATH names it');
  expect(checks.find(({ name }) => name === 'others')?.detail).toContain(`${shell} (Chromium 2)`);
});

test('a browser that cannot be run is an error with its fix', async () => {
  const { checks } = await diagnose({ ...world(), browser: '/nowhere' });
  expect(checks.find((check) => check.name === 'browser')).toMatchObject({
    status: 'error',
    fix: expect.stringContaining('--browser'),
  });
});

test('an old Node is an error', async () => {
  const { checks } = await diagnose({ ...world(), nodeVersion: '20.18.3' });
  expect(checks[0]).toMatchObject({ name: 'node', status: 'error' });
});

test('the text has a line for each check and one for each fix', () => {
  const text = formatDoctor({
    checks: [
      { name: 'a', status: 'ok', detail: 'fine' },
      { name: 'long', status: 'error', detail: 'bad', fix: 'Do this.' },
    ],
  });
  expect(text).toBe('✓ a     fine\n✗ long  bad\n        → Do this.');
});
