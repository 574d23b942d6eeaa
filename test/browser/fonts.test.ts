import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'puppeteer';
import { describe, expect, test } from 'vitest';
import { prepareFonts } from '../../src/browser/fonts.ts';
import { type LaunchOptions, withBrowser } from '../../src/browser/launch.ts';
import { chromium } from '../support/chromium.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('preparing fonts', () => {
  test('the same packages give the same digest wherever the cache is', async () => {
    const [one, two] = [await temporaryFolder(), await temporaryFolder()];
    expect((await prepareFonts({ cacheDir: one })).digest).toBe(
      (await prepareFonts({ cacheDir: two })).digest,
    );
  });

  test('a font that got lost comes back', async () => {
    const cacheDir = await temporaryFolder();
    const dir = dirname((await prepareFonts({ cacheDir })).fontconfigFile);
    const lato = join(dir, 'deckhand-lato-latin-400-normal.ttf');
    await rm(lato);
    await prepareFonts({ cacheDir });
    expect((await readFile(lato)).readUInt32BE(0)).toBe(0x00010000);
  });

  test('two at the same time leave one folder', async () => {
    const cacheDir = await temporaryFolder();
    const [one] = await Promise.all([prepareFonts({ cacheDir }), prepareFonts({ cacheDir })]);
    expect(await readdir(join(cacheDir, 'fonts'))).toEqual([one.digest]);
  });
});

/** Which fonts Chromium takes for the text of `html`. */
async function fontsOf(page: Page, html: string): Promise<readonly string[]> {
  await page.setContent(`<body>${html}`);
  const cdp = await page.createCDPSession();
  await cdp.send('DOM.enable');
  await cdp.send('CSS.enable');
  const { root } = await cdp.send('DOM.getDocument');
  const { nodeId } = await cdp.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'body' });
  const { fonts } = await cdp.send('CSS.getPlatformFontsForNode', { nodeId });
  await cdp.detach();
  return fonts.map((font) => font.familyName);
}

describe.skipIf(process.platform !== 'linux')('the fonts that Chromium takes', () => {
  test.each([
    ['sans-serif', 'Hamburg', 'Lato'],
    ['serif', 'Hamburg', 'Lora'],
    ['monospace', 'Hamburg', 'JetBrains Mono'],
    ['Arial', 'Hamburg', 'Lato'],
    ["'No Such Family'", 'Hamburg', 'Lora'],
    ['sans-serif', '😀', 'Noto Color Emoji'],
    ['sans-serif', '→', 'DejaVu Sans'],
    ['sans-serif', '✓', 'DejaVu Sans'],
    ['monospace', '├', 'DejaVu Sans'],
  ])('for %s and %s are %s', async (family, text, expected) => {
    const fonts = await withBrowser(await chromium(), async (browser) =>
      fontsOf(await browser.newPage(), `<p style="font-family: ${family}">${text}</p>`),
    );
    expect(fonts).toEqual([expected]);
  });

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

test('text is embedded as TrueType, not as Type 3', async () => {
  const pdf = await withBrowser(await chromium(), async (browser) => {
    const page = await browser.newPage();
    await page.setContent('<p style="font-family: sans-serif">a <b>b</b> <code>c</code>');
    return Buffer.from(await page.pdf()).toString('latin1');
  });
  expect(pdf).toContain('/CIDFontType2');
  expect(pdf).not.toContain('/Type3');
});
