import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build, publishedOutputs } from '../../src/index.ts';
import { courseBuiltOnce, fold } from '../support/course.ts';
import { withPdf } from '../support/pdf.ts';
import { sharedPorts } from '../support/shared-browser.ts';

const DECK = 'diagrams.md';
const KINDS = 'kinds.md';

const fence = (source: string): string => `\`\`\`mermaid\n${source}\n\`\`\``;

const slides = [
  `## Flow\n\n${fence('flowchart LR\n  A[Start here] --> B{Is it?}\n  B -- Yes --> C[Done]\n  click A "https://example.org/there"\n  click C "javascript:alert(1)"')}`,
  '<div class="mermaid">\n  sequenceDiagram\n    accTitle: A talk\n    accDescr: Alice greets Bob\n    Alice->>Bob: Hello <b>you</b>\n</div>',
  `before\n\n${fence('flowchart LR\n  A --> --> B')}\n\nbehind`,
  `## Words above\n\n- and a point\n\n${fence(`flowchart TD\n  ${Array.from({ length: 9 }, (_, i) => `n${i}[node ${i}]`).join(' --> ')}`)}`,
  `- one\n\n${fence('pie title Pets\n  "Dogs" : 3\n  "Cats" : 1')}\n<!-- .element: class="fragment" -->`,
  '```js\nconst mermaid = "no diagram";\n```',
];

const kinds = [
  'classDiagram\n  Animal <|-- Duck\n  Animal : +int age',
  'stateDiagram-v2\n  [*] --> Still\n  Still --> [*]',
  'erDiagram\n  CUSTOMER ||--o{ ORDER : places',
  'gantt\n  dateFormat YYYY-MM-DD\n  section S\n  A task :a1, 2030-01-01, 9000d\n  B task :b1, 2020-01-01, 9000d',
  'gitGraph\n  commit\n  branch develop\n  commit',
  'mindmap\n  root((Centre))\n    Leaf\n    Square[Some text]',
  'timeline\n  2002 : LinkedIn',
  'architecture-beta\n  group api(cloud)[API]\n  service db(database)[Database] in api\n  service disk(disk)[Storage] in api\n  db:L -- R:disk',
  '%%{init: {"look": "handDrawn"}}%%\nflowchart LR\n  Rough --> Lines',
  'quadrantChart\n  x-axis Low --> High\n  y-axis Less --> More\n  Point: [0.3, 0.6]',
];

const config = { only: 'slides', decks: [DECK, KINDS, 'off.md', 'plain.md'] };
const course = courseBuiltOnce(config, {
  [DECK]: `---\ntheme: white\n---\n\n${slides.join('\n\n---\n\n')}\n`,
  [KINDS]: `---\ntheme: black\n---\n\n${kinds.map(fence).join('\n\n---\n\n')}\n`,
  'off.md': `---\nmermaid: false\n---\n\n${fence('flowchart LR\n  A --> B')}\n`,
  'plain.md': '# Nothing drawn\n',
});

async function words(number: number, path = DECK): Promise<string> {
  return fold((await course.pages(path))[number - 1]?.text ?? '');
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

describe('a diagram', () => {
  test('is drawn, with its words as text', async () => {
    const text = await words(1);
    for (const part of ['Starthere', 'Isit?', 'Yes', 'Done']) expect(text).toContain(part);
    expect(text).not.toContain('-->');
  });

  test('stays vector', async () => {
    const pages = [...(await course.pages(DECK)), ...(await course.pages(KINDS))];
    expect(pages.map(({ pictures }) => pictures)).toEqual([...slides, ...kinds].map(() => 0));
  });

  test('in HTML is drawn, too', async () => {
    const text = await words(2);
    for (const part of ['Alice', 'Bob', 'Hello']) expect(text).toContain(part);
    expect(text).not.toContain('->>');
  });

  test('has links to the web, and no others', async () => {
    expect((await course.pages(DECK))[0]?.links).toEqual(['https://example.org/there']);
  });

  test('says its kind, or what the author says of it', async () => {
    expect(await alternatives(1)).toEqual(['Flowchart']);
    expect(await alternatives(2)).toEqual(['A talk: Alice greets Bob']);
  });

  test('that is tall gives way to the words around it', async () => {
    const layout = (await course.layout(DECK))[3];
    const box = (words: string) => layout?.texts.find(({ text }) => text.trim() === words);
    expect((box('and a point')?.bottom ?? 0) - (box('and a point')?.top ?? 0)).toBeGreaterThan(25);
    expect(box('node 8')?.bottom).toBeLessThan(layout?.height ?? 0);
    expect(course.diagnostics(DECK, 'SLIDE_OVERFLOW')).toEqual([]);
  });

  test('may be a fragment', async () => {
    expect(await words(5)).toContain('Dogs');
  });

  test.each([
    ['class', 1, 'Duck'],
    ['state', 2, 'Still'],
    ['entity relationship', 3, 'CUSTOMER'],
    ['gantt', 4, 'Atask'],
    ['git', 5, 'develop'],
    ['mind map', 6, 'Centre'],
    ['timeline', 7, 'LinkedIn'],
    ['architecture', 8, 'Database'],
    ['hand-drawn', 9, 'Rough'],
    ['quadrant', 10, 'Point'],
  ])('of the kind %s is drawn', async (_, number, word) => {
    expect(await words(number, KINDS)).toContain(word);
  });

  test('of any kind is drawn without diagnostics', () => {
    expect(course.deck(KINDS).diagnostics).toEqual([]);
  });
});

describe('a diagram on a cheatsheet', () => {
  const sheet = courseBuiltOnce(
    { only: 'cheatsheet', decks: ['sheet.md'] },
    {
      'sheet.md': `---\ntheme: black\n---\n\n## Summary\n\n<!-- .slide: data-cheatsheet -->\n\n${fence('flowchart LR\n  A[Start] --> B[Stop]')}\n`,
    },
  );

  test('is dark on white, though its slide is dark', async () => {
    const layout = await sheet.painted('sheet.md', 1, 'cheatsheet');
    const word = layout.texts.find(({ text }) => text === 'Start');
    const [x, y] = [(word?.right ?? 0) + 40, ((word?.top ?? 0) + (word?.bottom ?? 0)) / 2 + 10];
    expect(layout.colorAt(x / layout.width, y / layout.height)).toBe('#ffffff');
  });
});

describe('a diagram that cannot be drawn', () => {
  test('is printed as source text, and the rest is not affected', async () => {
    expect(await words(3)).toBe('beforebehindflowchartLRA-->-->B3');
  });

  test('is a warning with line, slide and what the parser says', async () => {
    const source = await readFile(join(course.folder, DECK), 'utf8');
    const line = source.slice(0, source.indexOf('flowchart LR\n  A --> -->')).split('\n').length;
    expect(course.deck(DECK).diagnostics).toMatchObject([
      {
        code: 'MERMAID_INVALID',
        severity: 'warning',
        slide: '3',
        line,
        message: expect.stringContaining('Parse error on line 2'),
      },
    ]);
  });
});

test('code that only mentions diagrams is code', async () => {
  expect(await words(6)).toBe('constmermaid="nodiagram";6');
});

test('with mermaid: false its code is code', async () => {
  expect(await words(1, 'off.md')).toBe('flowchartLRA-->B1');
});

test('two builds give the same bytes', async () => {
  const again = await build({ ...config, output: 'again' }, { ...sharedPorts(), cwd: course.folder });
  const sums = (report: typeof again): string[] =>
    report.decks.flatMap(publishedOutputs).map(({ sha256 }) => sha256);
  expect(sums(again)).toEqual(sums(course.report));
});
