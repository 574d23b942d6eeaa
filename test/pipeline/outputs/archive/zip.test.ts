import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { textFile } from '../../../../src/pipeline/outputs/archive/bag.ts';
import { zip, zipFault } from '../../../../src/pipeline/outputs/archive/zip.ts';

const FILES = [
  textFile('bag/ü.txt', 'one one one one one one one one one one'),
  textFile('bag/a.png', 'two two two two two two two two two two'),
  textFile('bag/10', 'three'),
];
const DATE = new Date('2026-03-29T02:30:15Z');

/** Fields of each entry of the central directory: APPNOTE.TXT, section 4.3.12. */
function entries(packed: Uint8Array) {
  const bytes = Buffer.from(packed);
  const end = bytes.length - 22;
  let at = bytes.readUInt32LE(end + 16);
  return Array.from({ length: bytes.readUInt16LE(end + 10) }, () => {
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    const entry = {
      name: bytes.toString('utf8', at + 46, at + 46 + name),
      system: bytes.readUInt8(at + 5),
      isUtf8: (bytes.readUInt16LE(at + 8) & 0x800) !== 0,
      method: bytes.readUInt16LE(at + 10),
      time: bytes.readUInt16LE(at + 12),
      day: bytes.readUInt16LE(at + 14),
      localStamp: bytes.readUInt32LE(local + 10),
      extra: extra + bytes.readUInt16LE(local + 28),
      mode: (bytes.readUInt32LE(at + 38) >>> 16).toString(8),
    };
    at += 46 + name + extra + comment;
    return entry;
  });
}

describe('a ZIP file', () => {
  const packed = zip(FILES, DATE);

  test('holds the files in their order', () => {
    expect(Object.entries(unzipSync(packed)).map(([name, bytes]) => [name, strFromU8(bytes)])).toEqual(
      FILES.map(({ path, bytes }) => [path, strFromU8(bytes)]),
    );
  });

  test('dates its files in UTC, also where no clock on the wall shows that time', () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    const inZone = (zone: string) => {
      vi.stubEnv('TZ', zone);
      return { hour: DATE.getHours(), packed: Buffer.from(zip(FILES, DATE)).toString('hex') };
    };
    const [berlin, utc] = [inZone('Europe/Berlin'), inZone('UTC')];
    expect(berlin.packed).toBe(utc.packed);
    // No clock of Berlin showed the hour after two that day.
    expect([utc.hour, berlin.hour]).toEqual([2, 4]);
    const [{ day = 0, time = 0 } = {}] = entries(packed);
    expect([(day >> 9) + 1980, (day >> 5) & 15, day & 31]).toEqual([2026, 3, 29]);
    expect([time >> 11, (time >> 5) & 63, (time & 31) * 2]).toEqual([2, 30, 14]);
  });

  test('says the same date twice', () => {
    for (const { day, time, localStamp } of entries(packed))
      expect(localStamp).toBe(((day << 16) | time) >>> 0);
  });

  test.each([
    ['1970-01-01T00:00:00Z', [1980, 1, 1]],
    ['2200-06-01T00:00:00Z', [2107, 12, 31]],
  ])('of %s has the nearest date that there is', (date, expected) => {
    const [{ day = 0 } = {}] = entries(zip(FILES, new Date(date)));
    expect([(day >> 9) + 1980, (day >> 5) & 15, day & 31]).toEqual(expected);
  });

  test('marks names that are not ASCII as UTF-8, and says nothing of the machine', () => {
    expect(
      entries(packed).map(({ name, isUtf8, system, mode, extra }) => ({ name, isUtf8, system, mode, extra })),
    ).toEqual([
      { name: 'bag/ü.txt', isUtf8: true, system: 3, mode: '100644', extra: 0 },
      { name: 'bag/a.png', isUtf8: false, system: 3, mode: '100644', extra: 0 },
      { name: 'bag/10', isUtf8: false, system: 3, mode: '100644', extra: 0 },
    ]);
  });

  test('stores what is compressed already', () => {
    expect(entries(packed).map(({ name, method }) => [name, method])).toEqual([
      ['bag/ü.txt', 8],
      ['bag/a.png', 0],
      ['bag/10', 8],
    ]);
  });
});

describe('what cannot be one ZIP file', () => {
  test('is more than 4 GiB', () => {
    const half = { path: 'a', bytes: new Uint8Array(2 ** 31) };
    expect(zipFault([half])).toBeUndefined();
    expect(zipFault([half, half])).toMatch(/4 GiB/);
  });

  test('is more than 65535 files', () => {
    const files = Array.from({ length: 65_536 }, (_, i) => ({ path: String(i), bytes: new Uint8Array() }));
    expect(zipFault(files.slice(1))).toBeUndefined();
    expect(zipFault(files)).toMatch(/65536 files/);
  });
});
