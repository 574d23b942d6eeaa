import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LaunchOptions, withBrowser } from '../../../src/browser/launch.ts';
import { chromium } from '../../support/chromium.ts';
import { fontsOf } from '../../support/platform-fonts.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe.skipIf(process.platform !== 'linux')('the fonts that Chromium takes', () => {
  test("are the user's where FONTCONFIG_FILE says so", async () => {
    const options = await chromium();
    const conf = join(await temporaryFolder(), 'fonts.conf');
    await writeFile(conf, `<fontconfig><dir>${dirname(options.fontconfigFile)}</dir></fontconfig>`);
    const own: LaunchOptions = { ...options, env: { ...options.env, FONTCONFIG_FILE: conf } };
    const fonts = await withBrowser(own, async (browser) =>
      fontsOf(await browser.newPage(), '<p style="font-family: Arial, DejaVu Sans">Hamburg</p>'),
    );
    expect(fonts).toEqual(['DejaVu Sans']);
  });
});
