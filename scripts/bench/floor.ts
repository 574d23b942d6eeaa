/** The minimum for a tool with Chromium: launch, open a deck in reveal.js's print view, print once. */
import { writeFile } from 'node:fs/promises';
import puppeteer from 'puppeteer';

const [executablePath, url, file] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath,
  headless: 'shell',
  args: ['--no-sandbox'],
  pipe: true,
});
const page = await browser.newPage();
await page.goto(String(url), { waitUntil: 'load' });
await page.waitForSelector('.pdf-page');
await writeFile(String(file), await page.pdf({ preferCSSPageSize: true, printBackground: true }));
await browser.close();
