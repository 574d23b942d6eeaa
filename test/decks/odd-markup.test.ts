import { describe, expect, test } from 'vitest';
import { conformanceFaults } from '../support/conformance/index.ts';
import { ODD_SLIDES } from '../support/odd-slides.ts';
import { qpdfComplaints } from '../support/qpdf.ts';
import { ODD } from '../support/recorded/odd.ts';
import { replayedCourse } from '../support/recorded/replay-course.ts';
import { structureTypes } from '../support/structure-types.ts';

const DECK = 'odd.md';
const BLANK = 'blank.md';

const course = replayedCourse(ODD);

test('a deck of unusual markup builds without errors', async () => {
  for (const path of [DECK, BLANK])
    expect((await course.diagnostics(path)).filter(({ severity }) => severity === 'error')).toEqual([]);
});

describe.each(['slides', 'handout', 'cheatsheet'] as const)('the %s of odd markup', (kind) => {
  test('conforms', async () => {
    expect(await conformanceFaults(await course.bytes(DECK, kind))).toEqual([]);
  });

  test('is clean for qpdf', async () => {
    expect(await qpdfComplaints(await course.bytes(DECK, kind))).toEqual([]);
  });
});

test('a slide of nothing but its background conforms', async () => {
  expect(await conformanceFaults(await course.bytes(BLANK))).toEqual([]);
});

test('qpdf complains of a file that is cut short', async () => {
  const bytes = await course.bytes(BLANK);
  expect(await qpdfComplaints(bytes.subarray(0, bytes.length / 2))).not.toEqual([]);
});

test('formulas are tagged as formulas, however they are written', async () => {
  const types = await structureTypes(await course.bytes(DECK));
  expect(types.filter((type) => type === 'Formula')).toHaveLength(3);
});

test('links in drawings work, and stand on the handout', async () => {
  const addresses = ['drawn', 'older', 'named', 'clicked'].map((one) => `https://${one}.example/`);
  const slides = (await course.pages(DECK)).flatMap(({ links }) => links);
  const handout = (await course.pages(DECK, 'handout')).map(({ text }) => text).join();
  for (const address of addresses) {
    expect(slides).toContain(address);
    expect(handout).toContain(address.replace(/\/$/, ''));
  }
});

test('a link to an id of any length leads there', async () => {
  const pages = await course.pages(DECK);
  const at = pages.findIndex(({ text }) => text.includes('to far'));
  expect(pages[at]?.jumps).toEqual([at]);
});

test('a link that is longer than a PDF allows is named', async () => {
  const messages = (await course.diagnostics(DECK, 'LINK_TARGET_MISSING')).map(({ message }) => message);
  expect(messages.some((message) => message.includes('data:text/plain,ddd'))).toBe(true);
});

test('the box for a missing glyph means the replacement character', async () => {
  const page = (await course.pages(DECK)).find(({ text }) => text.includes('odd'));
  expect(page?.text).toContain('\ufffd');
});

test('nothing is swallowed by an element that HTML cannot end', async () => {
  const pages = await course.pages(DECK);
  expect(pages).toHaveLength(ODD_SLIDES.length);
  expect(pages.at(-1)?.text).toContain('NOT SWALLOWED');
});
