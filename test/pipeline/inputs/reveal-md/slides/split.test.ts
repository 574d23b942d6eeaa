import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import createMarkdown from 'reveal.js/plugin/markdown';
import { describe, expect, test } from 'vitest';
import { splitSlides } from '../../../../../src/pipeline/inputs/reveal-md/slides/split.ts';
import { deckErrors } from '../../../../support/failure.ts';
import { randomCases } from '../../../../support/random-cases.ts';

type Separators = {
  readonly separator?: string;
  readonly verticalSeparator?: string;
  readonly notesSeparator?: string;
};

const split = (body: string, separators: Separators = {}, bodyLine = 1, matchTimeoutMs?: number) =>
  splitSlides(body, { ...separators, bodyLine, bodyOffset: 100, deck: 'deck.md', matchTimeoutMs });
const texts = (body: string, separators?: Separators) =>
  split(body, separators).map((stack) => stack.map((slide) => slide.markdown));
const numbers = (body: string) => split(body).map((stack) => stack.map((slide) => slide.number));
const HIDDEN = '<!-- .slide: data-visibility="hidden" -->';

describe('splitting a deck', () => {
  test('makes a stack of each part between horizontal separators', () => {
    expect(texts('a\n\n---\n\nb')).toEqual([['a'], ['b']]);
  });

  test('makes slides of a stack at vertical separators', () => {
    expect(texts('a\n\n----\n\nb\n\n---\n\nc')).toEqual([['a', 'b'], ['c']]);
  });

  test('splits in code too, as reveal.js does', () => {
    expect(texts('```\na\n---\nb\n```')).toHaveLength(2);
  });

  test('leaves a separator that shares its line end with the one before', () => {
    expect(texts('a\n---\n---\nb')).toEqual([['a'], ['---\nb']]);
  });

  test('does not take five dashes for a separator', () => {
    expect(texts('a\n-----\nb')).toEqual([['a\n-----\nb']]);
  });

  test('takes the separators of the deck', () => {
    expect(
      texts('a\n<!--s-->\nb\n<!--v-->\nc', { separator: '<!--s-->', verticalSeparator: '<!--v-->' }),
    ).toEqual([['a'], ['b', 'c']]);
  });

  test('matches separators line by line', () => {
    expect(texts('a\n***\nb', { separator: '^\\*\\*\\*$' })).toEqual([['a'], ['b']]);
  });

  test('passes over empty matches', () => {
    expect(texts('a\nb', { separator: 'x*' })).toEqual([['a\nb']]);
  });

  test('takes what matches both separators for horizontal', () => {
    expect(texts('a\n==\nb', { separator: '==', verticalSeparator: '=' })).toEqual([['a'], ['b']]);
  });
});

describe('numbering', () => {
  test('gives a slide of its own its stack’s number', () => {
    expect(numbers('a\n\n---\n\nb')).toEqual([['1'], ['2']]);
  });

  test('gives slides of a stack two numbers', () => {
    expect(numbers('a\n\n----\n\nb\n\n---\n\nc')).toEqual([['1.1', '1.2'], ['2']]);
  });

  test('passes over a hidden slide of a stack', () => {
    const shown = split(`a\n\n----\n\n${HIDDEN}\n\n----\n\nc`)[0]?.filter((slide) => !slide.hidden);
    expect(shown?.map((slide) => slide.number)).toEqual(['1.1', '1.2']);
  });

  test('passes over a stack that is hidden whole', () => {
    expect(split(`a\n\n---\n\n${HIDDEN}\n\n---\n\nc`)[2]?.[0]?.number).toBe('2');
  });

  test('keeps both numbers where a stack shows only one slide', () => {
    expect(split(`a\n\n----\n\n${HIDDEN}`)[0]?.[0]?.number).toBe('1.1');
  });

  test('passes over what a separator at the end of the file leaves', () => {
    expect(split('a\n\n---\n').map((stack) => stack[0]?.hidden)).toEqual([false, true]);
  });
});

describe('a blank slide', () => {
  test('has a number, and no page', () => {
    const found = split('a\n\n---\n\n---\n\nc').flat();
    expect(found.map(({ number, hidden }) => [number, hidden])).toEqual([
      ['1', false],
      ['2', true],
      ['3', false],
    ]);
  });
});

describe('a slide with sections of HTML in it', () => {
  const two = '# T\n\n<section>\n\na\n\n</section>\n<section id="b">\nb\n</section>\n\nend';

  test('is a stack of them, which are all of it', () => {
    const [stack = []] = split(two);
    expect(stack.map(({ number, isInner }) => [number, isInner])).toEqual([
      ['1.1', true],
      ['1.2', true],
    ]);
    expect(stack.map(({ markdown }) => markdown).join('\n')).toBe(two);
  });

  test.each(['```\n<section>\n```', 'Note:\n<section>a</section>', '<div><section>a</section></div>'])(
    'is none where they are no slides: %j',
    (markdown) => {
      expect(split(markdown).flat()).toHaveLength(1);
    },
  );

  test('is none in a stack', () => {
    expect(split(`a\n\n----\n\n${two}`)[0]).toHaveLength(2);
  });
});

describe('a slide for paper only', () => {
  const ONLY = '<!-- .slide: data-handout="only" data-visibility="hidden" -->';
  const numbers = (markdown: string) =>
    split(markdown)
      .flat()
      .map(({ number, hidden }) => (hidden ? 'hidden' : number));

  test('has the number of the slide before it, and a plus', () => {
    expect(numbers(`a\n\n----\n\n${ONLY}\nb\n\n----\n\nc`)).toEqual(['1.1', '1.1+', '1.2']);
  });

  test('belongs to the section before it where it is a stack of its own', () => {
    const stacks = split(`a\n\n---\n\n${ONLY}\nb\n\n---\n\nc`);
    expect(stacks.flat().map(({ h, number }) => [h, number])).toEqual([
      [0, '1'],
      [0, '1+'],
      [1, '2'],
    ]);
  });

  test('is counted as long as it is shown on the screen', () => {
    expect(numbers('a\n\n---\n\n<!-- .slide: data-handout="only" -->\nb\n\n---\n\nc')).toEqual([
      '1',
      '2',
      '3',
    ]);
  });
});

describe('a hidden slide', () => {
  test.each([
    ['in a code span', `Write \`${HIDDEN}\` to hide a slide`],
    ['in a fence', `\`\`\`html\n${HIDDEN}\n\`\`\``],
    ['in a fence that is never closed', `# How to hide\n\n~~~\n${HIDDEN}`],
    ['in indented code', `text\n\n    ${HIDDEN}`],
    ['in a fence in a list', `- so:\n  \`\`\`\n  ${HIDDEN}\n  \`\`\``],
  ])('is not one that only shows the comment %s', (_place, markdown) => {
    expect(split(markdown)[0]?.[0]?.hidden).toBe(false);
  });

  test.each([
    ['below the text', `# A\n\n${HIDDEN}`],
    ['in a paragraph', `some ${HIDDEN} text`],
    ['over two lines', '<!-- .slide:\n data-visibility="hidden" -->\n# A'],
    ['among other attributes', '<!-- .slide: class="x" data-visibility="hidden" data-y -->\n# A'],
  ])('is one with the comment %s', (_place, markdown) => {
    expect(split(markdown)[0]?.[0]?.hidden).toBe(true);
  });

  test('is not one that is merely uncounted', () => {
    expect(split('<!-- .slide: data-visibility="uncounted" -->\n# A')[0]?.[0]?.hidden).toBe(false);
  });
});

describe('a separator', () => {
  const refusal = (separators: Separators, body = 'text') =>
    deckErrors(() => split(body, separators, 1, 200));

  test.each(['(', '[', '*', '(?<a>', '\\', '(?<=a'])(
    '%j is refused, being no regular expression',
    (separator) => {
      expect(refusal({ separator })).toMatchObject([{ code: 'SEPARATOR_INVALID', line: 1 }]);
    },
  );

  test.each(['(', '(a|a)*b!'])('a separator of notes is refused, too: %s', (notesSeparator) => {
    const refused = refusal({ notesSeparator }, `${'a'.repeat(59)}c`);
    expect(refused).toMatchObject([{ code: 'SEPARATOR_INVALID' }]);
  });

  test('that is wrong says whether it is the vertical one', () => {
    expect(refusal({ verticalSeparator: '(' })[0]?.message).toContain('verticalSeparator');
  });

  test.each(['(a+)+$', '(a|a)*$', '([a-z]+)*\\d'])(
    '%j is refused where it would match for ever',
    (separator) => {
      expect(refusal({ separator }, `${'a'.repeat(59)}!`)).toMatchObject([{ code: 'SEPARATOR_INVALID' }]);
    },
  );

  test.each([
    ['(?<a>x)', '(?<a>y)'],
    ['\\k<b>', '(?<a>y)'],
  ])('%j is refused together with %j', (separator, verticalSeparator) => {
    expect(refusal({ separator, verticalSeparator })).toMatchObject([{ code: 'SEPARATOR_INVALID' }]);
  });

  test('cannot reach the program through what it is made of', () => {
    const separator = "x'); globalThis.process.exit(3); ('";
    expect(refusal({ separator })).toMatchObject([{ code: 'SEPARATOR_INVALID' }]);
  });

  test('is either used or refused, whatever it is', () => {
    const piece = fc.oneof(
      fc.constantFrom('(', ')', '[', ']', '\\', '^', '$', '?', '|', '(?<n>'),
      fc.string(),
    );
    const expression = fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('') || 'x');
    fc.assert(
      fc.property(expression, expression, (separator, verticalSeparator) => {
        const codes = refusal({ separator, verticalSeparator }, 'a\n---\nb').map(({ code }) => code);
        expect(codes.every((code) => code === 'SEPARATOR_INVALID')).toBe(true);
      }),
      randomCases(100, 1_000),
    );
  });
});

const LINES = fc.array(
  fc.constantFrom(
    '---',
    '----',
    '-----',
    '',
    ' ',
    '# A',
    'text',
    '  indented',
    '```',
    '* * *',
    '--',
    '\t',
    '===',
    HIDDEN,
  ),
  { maxLength: 40 },
);
const BODY = LINES.map((lines) => lines.join('\n'));
const SEPARATORS = fc.constantFrom<Separators>(
  {},
  { separator: '^---$', verticalSeparator: '^----$' },
  { separator: '\\n\\n', verticalSeparator: '\\n' },
  { separator: '-{3,}', verticalSeparator: '={2,}' },
  { separator: '^\\* \\* \\*$' },
  { separator: '(a|t)', verticalSeparator: 'e(x)t' },
  { separator: '----', verticalSeparator: '---' },
);

/** What reveal.js's own plugin makes of a deck, as nested lists of texts. */
function revealSlides(body: string, { separator, verticalSeparator }: Separators): string[][] {
  const html = createMarkdown().slidify(body, {
    separator: separator ?? '\\r?\\n---\\r?\\n',
    verticalSeparator: verticalSeparator ?? '\\r?\\n----\\r?\\n',
  });
  const sections = (parent: DefaultTreeAdapterTypes.ParentNode) =>
    parent.childNodes.filter((node): node is DefaultTreeAdapterTypes.Element => node.nodeName === 'section');
  const text = (section: DefaultTreeAdapterTypes.Element): string => {
    const script = section.childNodes.find((node) => node.nodeName === 'script');
    const [content] = script && 'childNodes' in script ? script.childNodes : [];
    return (content && 'value' in content ? content.value : '').trim();
  };
  return sections(parseFragment(html)).map((section) => {
    const below = sections(section);
    return below.length > 0 ? below.map(text) : [text(section)];
  });
}

describe('any deck', () => {
  test('is split as reveal.js itself splits it', () => {
    fc.assert(
      fc.property(BODY, SEPARATORS, (body, separators) => {
        expect(texts(body, separators)).toEqual(revealSlides(body, separators));
      }),
      randomCases(200, 1_000),
    );
  });

  test('loses no text that is not a separator', () => {
    const line = fc.constantFrom('---', '----', '', 'text', 'text', '  text', '- text');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const numbered = lines.map((one, i) => one.replace('text', `text ${i}`));
        const found = split(numbered.join('\n'))
          .flat()
          .flatMap((slide) => slide.markdown.match(/text \d+/g) ?? []);
        expect(found).toEqual(numbered.join('\n').match(/text \d+/g) ?? []);
      }),
      randomCases(100, 1_000),
    );
  });

  test('numbers its slides in the file without a gap', () => {
    fc.assert(
      fc.property(BODY, SEPARATORS, (body, separators) => {
        const indexes = split(body, separators)
          .flat()
          .map((slide) => slide.index);
        expect(indexes).toEqual(indexes.map((_, i) => i));
      }),
      randomCases(100, 1_000),
    );
  });

  test('gives no two shown slides one number', () => {
    fc.assert(
      fc.property(BODY, SEPARATORS, (body, separators) => {
        const shown = split(body, separators)
          .flat()
          .filter((slide) => !slide.hidden);
        expect(new Set(shown.map((slide) => slide.number)).size).toBe(shown.length);
      }),
      randomCases(100, 1_000),
    );
  });

  test('counts its stacks on the screen, and the slides of each, without a gap', () => {
    fc.assert(
      fc.property(BODY, (body) => {
        const stacks = split(body).map((stack) => stack.filter((slide) => slide.onScreen));
        const shown = stacks.filter((stack) => stack.length > 0);
        expect(shown.map((stack) => stack.map(({ h, v }) => [h, v]))).toEqual(
          shown.map((stack, h) => stack.map((_, v) => [h, v])),
        );
      }),
      randomCases(100, 1_000),
    );
  });

  test('knows the line on which the text of each slide begins', () => {
    fc.assert(
      fc.property(BODY, SEPARATORS, fc.integer({ min: 1, max: 50 }), (body, separators, bodyLine) => {
        const lines = body.split('\n');
        for (const slide of split(body, separators, bodyLine).flat()) {
          if (slide.markdown === '') continue;
          expect(lines[slide.line - bodyLine]).toContain(slide.markdown.split('\n')[0]);
        }
      }),
      randomCases(100, 1_000),
    );
  });

  test('knows where the text of each slide begins', () => {
    fc.assert(
      fc.property(BODY, SEPARATORS, (body, separators) => {
        for (const { markdown, offset } of split(body, separators).flat())
          expect(body.slice(offset - 100).startsWith(markdown)).toBe(true);
      }),
      randomCases(100, 1_000),
    );
  });

  test('hides every slide that has nothing in it', () => {
    fc.assert(
      fc.property(BODY, SEPARATORS, (body, separators) => {
        const empty = split(body, separators)
          .flat()
          .filter((slide) => slide.markdown === '');
        expect(empty.every((slide) => slide.hidden)).toBe(true);
      }),
      randomCases(100, 1_000),
    );
  });
});
