import { describe, expect, test } from 'vitest';
import { courseBuiltOnce, fold } from '../support/course.ts';

const DECK = 'set.md';

const slides = [
  'Before\n\n\\begin{align}\np_1 &= q_2 \\\\\n&= r_3\n\\end{align}\n\nBehind',
  '$$\\begin{equation} F = ma \\label{newton} \\end{equation}$$\n\nAs \\eqref{newton} says, or \\ref{newton}; not \\eqref{nobody}.',
  '$$\\begin{eqnarray*} a &=& b_{\\begin{smallmatrix}1&2&3\\end{smallmatrix}} \\\\ c &=& d \\end{eqnarray*}$$\n\n$\\require{cancel}\\cancel{y}$ and $\\mbox{when }z$',
  '$$\\begin{multline} g \\\\ + h \\end{multline}$$\n\n$\\SI{5}{\\kg}$',
  '<div>\\begin{gather*} k = l \\\\ m = n \\end{gather*}</div>\n\n`\\begin{x}` and $\\hbox{here}$',
];

const labels = `\`\`\`mermaid
graph LR
  A["one<br/>two"] --> B["<strong>thick</strong> and <i style="color:red">thin</i>"]
  B --> C["q #quot;x#quot; #35; y"]
  C --> D[fa:fa-anchor Harbour]
  D --> E[fa:fa-life-ring]
  click A "https://example.org/node" "Tip"
\`\`\``;

const course = courseBuiltOnce(
  { decks: [DECK, 'drawn.md'], only: 'slides' },
  {
    [DECK]: `---\ntheme: white\n---\n\n${slides.join('\n\n---\n\n')}\n`,
    'drawn.md': `---\ntheme: white\n---\n\n${labels}\n`,
  },
);

const notes = courseBuiltOnce(
  { decks: ['said.md'], only: 'handout', notes: 'speaker' },
  {
    'said.md':
      '---\ntheme: white\n---\n\n# A $u^2$\n\nNote:\nSay $w^7$ and `cost $b$`, then\n\n$$\\frac{s}{t}$$\n\nEnd.\n\n---\n\n# B\n\nNote:\n| t |\n|---|\n| $k_9$ |\n',
  },
);

async function words(number: number): Promise<string> {
  return fold((await course.pages(DECK))[number - 1]?.text ?? '');
}

describe('a formula', () => {
  test('that is an environment without dollars is set', async () => {
    expect(await words(1)).not.toMatch(/[\\&{}]/);
    expect(await words(1)).toContain('Before');
    expect(await words(1)).toContain('Behind');
  });

  test('in HTML is one as well', async () => {
    expect(await words(5)).not.toContain('gather');
    expect(await words(5)).toContain('\\begin{x}');
  });

  test('is numbered throughout the deck, and the text can refer to it', async () => {
    expect(await words(1)).toContain('(1)');
    expect(await words(1)).toContain('(2)');
    expect(await words(2)).toContain('(3)');
    expect(await words(2)).toContain('As(3)says,or3;not\\eqref{nobody}.');
  });

  test('for MathJax is set where KaTeX has other names for the same', async () => {
    expect(await words(3)).not.toMatch(/[\\&$]|eqnarray|require|mbox/);
    expect(await words(3)).toContain('when');
  });

  test('that KaTeX does not know is printed as it is written, and named', async () => {
    expect(await words(4)).toContain('$$\\begin{multline}g\\\\+h\\end{multline}$$');
    const named = course.diagnostics(DECK, 'MATH_INVALID');
    expect(named.map(({ slide }) => slide)).toEqual(['2', '4', '4']);
    expect(named.every(({ line }) => line !== undefined)).toBe(true);
  });
});

describe('a formula in speaker notes', () => {
  test('is set in its line, and code is code', async () => {
    const text = fold((await notes.pages('said.md', 'handout')).map((page) => page.text).join(''));
    expect(text).not.toMatch(/\\frac|\$w|\$k/);
    expect(text).toContain('cost$b$');
  });

  test('has its exponent above its base', async () => {
    const [page] = await notes.layout('said.md', 'handout');
    const base = page?.texts.find(({ text }) => text.includes('w'));
    const exponent = page?.texts.find(({ text }) => text.trim() === '7');
    expect(exponent?.bottom).toBeLessThan(base?.bottom ?? 0);
    expect(Math.abs((exponent?.left ?? 0) - (base?.right ?? 0))).toBeLessThan(5);
  });
});

describe('a label of a diagram', () => {
  const text = async (): Promise<string> => fold((await course.pages('drawn.md'))[0]?.text ?? '');

  test('has no tags and no entities', async () => {
    expect(await text()).not.toMatch(/[<>]|&\w+;|#35|#quot/);
    expect(await text()).toContain('thickandthin');
    expect(await text()).toContain('q"x"#y');
  });

  test('has the words of an icon that has no others', async () => {
    expect(await text()).not.toContain('fa:');
    expect(await text()).toContain('Harbour');
    expect(await text()).toContain('lifering');
  });

  test('is a link where its node is', async () => {
    expect((await course.pages('drawn.md'))[0]?.links).toContain('https://example.org/node');
  });
});
