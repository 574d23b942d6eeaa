import { expect, test } from 'vitest';
import { type CaseRun, runCase, shows } from '../../support/case-run.ts';
import { wordFonts } from '../../support/word-fonts.ts';

const diagram = (...lines: string[]): string => `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\``;
const DECK = [
  diagram(
    'graph LR',
    '  A["one<br/>two"] --> B["<b>thick</b> thin"]',
    '  B --> C["Q &amp; A #35;1"] --> D["fa:fa-life-ring"]',
  ),
  `<!-- .slide: data-background-color="#123" -->\n\n${diagram('sequenceDiagram', '  Alice->>Bob: there &lt;you&gt;')}`,
].join('\n\n---\n\n');

const built = async (theme: string): Promise<CaseRun> => {
  const run = await runCase({ 'deck.md': `---\ntheme: ${theme}\n---\n\n${DECK}\n` }, [
    'deck.md',
    '--only',
    'slides',
  ]);
  expect([run.code, run.diagnostics]).toEqual([0, []]);
  return run;
};

test('labels of diagrams keep their line ends, bold words, entities and names of icons', async () => {
  const run = await built('white');
  const words = (await wordFonts(await run.bytes(), 1)).map(([text]) => text);
  expect(words).toEqual(expect.arrayContaining(['one', 'two', 'thick']));
  expect(words.join(' ')).toContain('Q & A #1');
  expect(words.join(' ')).toContain('life ring');
  const fonts = new Map(await wordFonts(await run.bytes(), 1));
  expect(fonts.get('thick')).toMatch(/bold/i);
  expect(fonts.get('one')).not.toMatch(/bold/i);
  expect((await wordFonts(await run.bytes(), 2)).map(([text]) => text).join(' ')).toContain('there <you>');
});

test('a diagram on a slide with a dark ground has colours for that, whatever the theme', async () => {
  const run = await built('white');
  expect(shows(await run.painted(1), '#ececff')).toBe(true);
  expect(shows(await run.painted(2), '#1f2020')).toBe(true);
});
