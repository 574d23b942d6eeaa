import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { qrSvg } from '../../src/paper/qr.ts';
import { randomCases } from '../support/random-cases.ts';
import { readCode } from '../support/read-code.ts';

/** The modules of a code, dark ones true, drawn from its path. */
function modulesOf(svg: string): boolean[][] {
  const side = Number(/viewBox="0 0 (\d+) \d+"/.exec(svg)?.[1]);
  const modules = Array.from({ length: side }, () => Array.from({ length: side }, () => false));
  const dark = /<path fill="#000" d="([^"]*)"/.exec(svg)?.[1] ?? '';
  for (const [, x, y, length] of dark.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    modules[Number(y)]?.fill(true, Number(x), Number(x) + Number(length));
  return modules;
}

/** What a reader makes of it, at four pixels a module. */
function read(svg: string): string | undefined {
  const modules = modulesOf(svg);
  const side = modules.length * 4;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let i = 0; i < side * side; i++) {
    const dark = modules[Math.floor(i / side / 4)]?.[Math.floor((i % side) / 4)];
    if (dark) pixels.fill(0, 4 * i, 4 * i + 3);
  }
  return readCode({ data: pixels, width: side, height: side })?.data;
}

describe('a QR code', () => {
  test('says what it was given', () => {
    expect(read(qrSvg('https://pictures.example.org/wind.png?size=2') ?? '')).toBe(
      'https://pictures.example.org/wind.png?size=2',
    );
  });

  test('says any address that it takes', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, size: 'large' }), (url) => {
        const svg = qrSvg(url);
        return svg === undefined ? url.length > 900 : read(svg) === url;
      }),
      randomCases(15, 60),
    );
  });

  test('keeps a quiet zone of four modules on each side', () => {
    const modules = modulesOf(qrSvg('https://example.org/') ?? '');
    const dark = modules.flatMap((row, y) => row.flatMap((on, x) => (on ? [[x, y]] : [])));
    const [xs, ys] = [dark.map(([x]) => x ?? 0), dark.map(([, y]) => y ?? 0)];
    const last = modules.length - 5;
    expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([4, last, 4, last]);
  });

  test('is one dark shape on a light one', () => {
    expect(qrSvg('https://example.org/')?.match(/<path /g)).toHaveLength(2);
  });

  test('is not made of what is too long to be read from paper', () => {
    expect(qrSvg(`https://example.org/${'long/'.repeat(300)}`)).toBeUndefined();
  });
});
