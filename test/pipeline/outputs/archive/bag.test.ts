import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeBag, textFile } from '../../../../src/pipeline/outputs/archive/bag.ts';
import { type BagFiles, bagFaults, bagInfo } from '../../../support/bagit.ts';
import { randomCases } from '../../../support/random-cases.ts';

const bagOf = (...bag: Parameters<typeof makeBag>): BagFiles =>
  new Map(makeBag(...bag).map(({ path, bytes }) => [path, bytes]));

const SMALL = [textFile('data/b.txt', 'two'), textFile('data/a/100% sure.txt', 'one')];

describe('a bag', () => {
  test('is what RFC 8493 asks for, whatever its files are called and hold', () => {
    const name = fc.stringMatching(/^[^/\0]{1,12}$/);
    const file = fc.tuple(fc.array(name, { minLength: 1, maxLength: 3 }), fc.uint8Array({ maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(file, { maxLength: 8 }), (files) => {
        const payload = new Map(files.map(([parts, bytes]) => [`data/${parts.join('/')}`, bytes]));
        const bag = bagOf(
          [...payload].map(([path, bytes]) => ({ path, bytes })),
          [['Bagging-Date', '2026-01-31']],
        );
        expect(bagFaults(bag)).toEqual([]);
      }),
      randomCases(100, 1_000),
    );
  });

  test('encodes line ends and percent signs in its manifest, and nothing else', () => {
    const bag = bagOf([textFile('data/50%\r\n ü.txt', '')], []);
    expect(Buffer.from(bag.get('manifest-sha512.txt') ?? []).toString()).toMatch(
      / {2}data\/50%25%0D%0A ü\.txt\n$/,
    );
  });

  test('declares version 1.0 and UTF-8', () => {
    const text = Buffer.from(bagOf(SMALL, []).get('bagit.txt') ?? []).toString();
    expect(text).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
  });

  test('counts its octets and files', () => {
    expect(bagInfo(bagOf(SMALL, []))).toEqual([['Payload-Oxum', '6.2']]);
  });

  test('lets no value begin a line of its own', () => {
    const bag = bagOf(SMALL, [['Title', 'One\r\nContact-Email: \u0085evil@example.com ']]);
    expect(bagInfo(bag)).toEqual([
      ['Title', 'One Contact-Email: evil@example.com'],
      ['Payload-Oxum', '6.2'],
    ]);
  });

  test('has its files in one order, whatever order they came in', () => {
    expect([...bagOf([...SMALL].reverse(), []).keys()]).toEqual([...bagOf(SMALL, []).keys()]);
  });
});

describe('the check of bags finds', () => {
  const faultsOf = (change: (files: Map<string, Uint8Array>) => void): string[] => {
    const files = new Map(bagOf(SMALL, []));
    change(files);
    return bagFaults(files);
  };

  test.each<[string, (files: Map<string, Uint8Array>) => void]>([
    ['a changed file', (files) => files.set('data/b.txt', Buffer.from('twi'))],
    ['a lost file', (files) => files.delete('data/b.txt')],
    ['a file too many', (files) => files.set('data/c.txt', Buffer.from('three'))],
    ['a changed tag file', (files) => files.set('bag-info.txt', Buffer.from('Payload-Oxum: 1.1\n'))],
    ['a lost declaration', (files) => files.delete('bagit.txt')],
  ])('%s', (_what, change) => {
    expect(faultsOf(change)).not.toEqual([]);
  });
});
