import type { Page } from 'puppeteer';

/** Which fonts Chromium takes for the text of `html`. */
export async function fontsOf(page: Page, html: string): Promise<readonly string[]> {
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
