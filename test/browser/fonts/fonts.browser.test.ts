import { describe, expect, test } from 'vitest';
import { fontsOf } from '../../support/platform-fonts.ts';
import { sharedSession } from '../../support/shared-browser.ts';

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
    const fonts = await sharedSession().withPage((page) =>
      fontsOf(page, `<p style="font-family: ${family}">${text}</p>`),
    );
    expect(fonts).toEqual([expected]);
  });
});

test('text is embedded as TrueType, not as Type 3', async () => {
  const pdf = await sharedSession().withPage(async (page) => {
    await page.setContent('<p style="font-family: sans-serif">a <b>b</b> <code>c</code>');
    return Buffer.from(await page.pdf()).toString('latin1');
  });
  expect(pdf).toContain('/CIDFontType2');
  expect(pdf).not.toContain('/Type3');
});
