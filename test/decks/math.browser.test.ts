import { describe, expect, test } from 'vitest';
import { courseBuiltOnce, fold } from '../support/course.ts';
import { withPdf } from '../support/pdf.ts';

const DECK = 'math.md';

const slides = [
  '# The $x_1$ law\n\nEuler $e^{i\\pi}+1=0$ and *see $a*b_1$ now* and $x\\,$ end.',
  'It costs $5 and $10, or \\$6 and 7\\$; `$HOME` and `echo $a or $b`.\n\n```sh\necho $c$ $$d$$\n```\n\n<pre>$e$</pre>',
  '$$\na\n+ b\n\n- c\n$$\n\nShielded: `$$ J(\\theta) $$`',
  '<div>In HTML $p_1 < q$ and \\(r^2\\) and \\[ s_1 \\]</div>',
  '$\\RR$ $\\bold{v}$ $\\newcommand{\\foo}{w}\\foo$ $\\foo$ $\\newcommand{\\foo}{y}\\foo$ $\\ce{H2O}$',
  '- whole\n- appears $m^2$ <!-- .element: class="fragment" -->\n- behind',
  'One $\\frac{1}{$ two\n\n> $$\\nothing{z}$$\n\nand $k$',
];

const course = courseBuiltOnce(
  { only: 'slides', decks: [DECK, 'off.md', 'plain.md'] },
  {
    [DECK]: `---
theme: white
revealOptions:
  katex: { macros: { '\\RR': '\\mathbb{R}' } }
  math: { TeX: { Macros: { bold: ['\\boldsymbol{#1}', 1] } } }
---

${slides.join('\n\n---\n\n')}
`,
    'off.md': '---\nmath: false\n---\n\nIt is $x_1$ here_ and `$y$`\n',
    'plain.md': 'It costs $5 and $10.\n',
  },
);

async function words(number: number, path = DECK): Promise<string> {
  return fold((await course.pages(path))[number - 1]?.text ?? '').replace(/\u200b/g, '');
}

/** A PDF has the parts of a formula in an order of its own. */
// Each page ends with the number of its slide.
const sorted = (text: string): string => [...text].sort().join('');

async function fonts(path: string): Promise<string[]> {
  const file = await course.bytes(path);
  return withPdf(file, async (pdf) => {
    const names = new Set<string>();
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      await page.getOperatorList();
      const { styles, items } = await page.getTextContent();
      for (const name of Object.keys(styles)) {
        if (items.length > 0) names.add(String(page.commonObjs.get(name)?.name ?? ''));
      }
    }
    return [...names].map((name) => name.replace(/^[A-Z]+\+/, ''));
  });
}

/** Alternative texts in the order of the file's structure. */
async function alternatives(number: number): Promise<string[]> {
  return withPdf(await course.bytes(DECK), async (pdf) => {
    const tree = await (await pdf.getPage(number)).getStructTree();
    const found: string[] = [];
    const visit = (node: object): void => {
      if ('alt' in node) found.push(String(node.alt));
      if ('children' in node) for (const child of node.children as object[]) visit(child);
    };
    visit(tree);
    return found;
  });
}

describe('a formula', () => {
  test('is set in KaTeX’s own fonts', async () => {
    expect(await fonts(DECK)).toEqual(expect.arrayContaining(['KaTeX_Math-Italic', 'KaTeX_Main-Regular']));
  });

  test('keeps its underscores and stars from Markdown, and emphasis around it', async () => {
    expect(sorted(await words(1))).toBe(sorted('THEx1LAWEulereiπ+1=0andseea∗b1nowandxend.1'));
  });

  test('is in the file once, as text', async () => {
    expect((await words(1)).split('π')).toHaveLength(2);
  });

  test('is a figure that says its TeX', async () => {
    expect(await alternatives(1)).toEqual(['x_1', 'e^{i\\pi}+1=0', 'a*b_1', 'x\\,']);
  });

  test('is not doubled in a bookmark', async () => {
    expect((await course.outline(DECK))[0]).toBe('The x1 law');
  });

  test('may have blank lines and what looks like a list between its double dollars', async () => {
    expect(sorted(await words(3))).toBe(sorted('a+b−cShielded:J(θ)3'));
  });

  test('is set in HTML, too', async () => {
    expect(sorted(await words(4))).toBe(sorted('InHTMLp1<qandr2ands14'));
  });

  test('knows the macros of the front matter, those of formulas before it, and chemistry', async () => {
    expect(sorted(await words(5))).toBe(sorted('RvwwyH2O5'));
  });

  test('leaves the comment after it to its list item', async () => {
    expect(await words(6)).toMatch(/appearsm2/);
  });
});

describe('dollars', () => {
  test('of money, of shells and in code are no math', async () => {
    const text = await words(2);
    expect(sorted(text)).toBe(sorted('Itcosts$5and$10,or$6and7$;$HOMEandecho$aor$b.echo$c$$$d$$$e$2'));
  });

  test('are left alone with math: false', async () => {
    expect(await words(1, 'off.md')).toBe('Itis$x_1$here_and$y$1');
  });

  test('without a formula contain no fonts of KaTeX', async () => {
    expect((await fonts('plain.md')).filter((name) => name.startsWith('KaTeX'))).toEqual([]);
  });
});

describe('a formula that does not parse', () => {
  test('is printed as source text, and the rest is not affected', async () => {
    expect(sorted(await words(7))).toBe(sorted('One$\\frac{1}{$two$$\\nothing{z}$$andk7'));
  });

  test('is a warning with line, slide and what KaTeX says', () => {
    const line = (course.deck(DECK).diagnostics[0]?.line ?? 0) + 2;
    expect(course.diagnostics(DECK, 'MATH_INVALID')).toMatchObject([
      { slide: '7', severity: 'warning', message: expect.stringContaining('$\\frac{1}{$') },
      { slide: '7', line, message: expect.stringContaining('Undefined control sequence: \\nothing') },
    ]);
  });

  test('is the only diagnostic', () => {
    const codes = course.deck(DECK).diagnostics.map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['MATH_INVALID']));
  });
});
