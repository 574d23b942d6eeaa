import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { describeOutput } from '../../../src/pipeline/report/describe.ts';

const artifact = (file: string, text = file) =>
  ({ kind: 'slides', file, bytes: Buffer.from(text), pages: 3, key: 'k' }) as const;
const made = { kind: 'slides', diagnostics: [] } as const;

describe('the report', () => {
  test('tells of a complete output what each of its files holds', () => {
    const sha256 = createHash('sha256').update('text').digest('hex');
    const file = { file: 'x.pdf', pages: 3, bytes: 4, sha256, key: 'k' };
    const output = { ...made, status: 'complete', artifacts: [artifact('x.pdf', 'text')] } as const;
    expect(describeOutput(output, [])).toEqual([{ kind: 'slides', status: 'complete', ...file }]);
  });

  test('names the slides that an incomplete output lacks, with each file', () => {
    const artifacts = [artifact('x.png'), artifact('y.png')];
    const output = { ...made, status: 'incomplete', artifacts, faultySlides: ['2'] } as const;
    const told = describeOutput(output, []);
    expect(told).toMatchObject([
      { status: 'incomplete', file: 'x.png', faultySlides: ['2'] },
      { status: 'incomplete', file: 'y.png', faultySlides: ['2'] },
    ]);
  });

  test('names what stays where an output is withheld or failed', () => {
    const withheld = { ...made, status: 'withheld', reason: 'unsound', faultySlides: ['2'] } as const;
    const kept = ['x.pdf'];
    expect(
      [withheld, { ...made, status: 'failed' } as const].map((one) => describeOutput(one, kept)),
    ).toEqual([
      [{ kind: 'slides', status: 'withheld', reason: 'unsound', faultySlides: ['2'], kept }],
      [{ kind: 'slides', status: 'failed', kept }],
    ]);
  });

  test('is silent about an output that the deck has nothing for', () => {
    expect(describeOutput({ ...made, status: 'empty' }, [])).toEqual([]);
  });
});
