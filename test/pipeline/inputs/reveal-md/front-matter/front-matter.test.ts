import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitFrontMatter } from '../../../../../src/pipeline/inputs/reveal-md/front-matter/front-matter.ts';
import { deckErrors } from '../../../../support/failure.ts';
import { randomCases } from '../../../../support/random-cases.ts';

const withYaml = (yaml: string, body = '# Body\n') =>
  splitFrontMatter(`---\n${yaml}\n---\n${body}`, 'deck.md');
const errorsOf = (yaml: string) => deckErrors(() => withYaml(yaml));

describe('front matter', () => {
  test('is taken off the body', () => {
    expect(withYaml('title: Intro')).toMatchObject({ frontMatter: { title: 'Intro' }, body: '# Body\n' });
  });

  test('may end the file without a line end', () => {
    expect(splitFrontMatter('---\ntitle: A\n---', 'd')).toMatchObject({ body: '', bodyLine: 3 });
  });

  test('may have spaces after its fences', () => {
    expect(splitFrontMatter('--- \t\ntitle: A\n---  \nB', 'd')).toMatchObject({ body: 'B', bodyLine: 4 });
  });

  test('may begin after blank lines, with a warning on its line', () => {
    expect(splitFrontMatter('\n \n---\ntitle: A\n---\nB', 'd')).toMatchObject({
      frontMatter: { title: 'A' },
      body: 'B',
      bodyLine: 6,
      diagnostics: [{ code: 'FRONT_MATTER_INVALID', severity: 'warning', line: 3 }],
    });
  });

  test.each(['Tip: drink water', '# A', 'A: b: c', '- title: A', '', '[', '!!js/undefined x: y'])(
    'is not a slide between two rules behind a blank line: %j',
    (slide) => {
      const source = `\n---\n${slide}\n---\nB`;
      expect(splitFrontMatter(source, 'd')).toMatchObject({ frontMatter: {}, body: source, bodyLine: 1 });
    },
  );

  test('must end with a fence of its own', () => {
    const source = '---\ntitle: A\n---- \nB';
    expect(splitFrontMatter(source, 'd').body).toBe(source);
  });

  test('that is empty is taken off all the same', () => {
    expect(splitFrontMatter('---\n---\n# A\n\n---\n\n# B', 'd')).toMatchObject({
      body: '# A\n\n---\n\n# B',
      bodyLine: 3,
    });
  });

  test('that is blank is taken off all the same', () => {
    expect(splitFrontMatter('---\n\n\n---\n# A', 'd')).toMatchObject({ body: '# A', bodyLine: 5 });
  });

  test('is not what a deck has between two horizontal rules', () => {
    const source = '---\n\nHello world\n\n---\n\nB';
    expect(splitFrontMatter(source, 'd')).toMatchObject({ frontMatter: {}, body: source, bodyLine: 1 });
  });

  test('is not a slide that is only a heading, which YAML takes for a comment', () => {
    const source = '---\n\n# A\n\n---\n\n# B';
    expect(splitFrontMatter(source, 'd').body).toBe(source);
  });

  test.each([
    '- a\n- b',
    '- [a](b.md)\n- c: d',
    '1. **a**\n2. b',
    '* a',
    '**a**',
    '42',
    '"a"',
    'true',
    '~',
    '[a, b]',
  ])('is not a slide that is only %j', (slide) => {
    const source = `---\n${slide}\n---\n\n# B`;
    expect(splitFrontMatter(source, 'd')).toMatchObject({ frontMatter: {}, body: source, bodyLine: 1 });
  });

  test('that is a list of its keys is refused', () => {
    expect(errorsOf('- title: A\n- theme: evo')).toMatchObject([
      { code: 'FRONT_MATTER_INVALID', line: 1, hint: 'remove the dashes before its keys' },
    ]);
  });

  test('that is no YAML says what to do where it is a slide', () => {
    expect(errorsOf('Hello: to: you')[0]?.hint).toContain('remove the --- above it');
  });

  test('with a duplicate key is refused on its line', () => {
    expect(errorsOf('title: A\ntheme: x\ntitle: B')).toMatchObject([
      { code: 'FRONT_MATTER_INVALID', line: 4 },
    ]);
  });

  test('with a value of the wrong form is read without it, with a warning on the line of its key', () => {
    const { frontMatter, diagnostics } = withYaml('theme: evo\ntitle: {a: b}');
    expect(frontMatter).toEqual({ theme: 'evo' });
    expect(diagnostics).toMatchObject([{ code: 'FRONT_MATTER_INVALID', severity: 'warning', line: 3 }]);
  });

  test('with several wrong values tells of each', () => {
    const { diagnostics } = withYaml('title: [a]\ntheme: {}');
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ['FRONT_MATTER_INVALID', 2],
      ['FRONT_MATTER_INVALID', 3],
    ]);
  });

  test('with a wrong separator is refused, since slides would begin elsewhere', () => {
    expect(errorsOf('separator: [a]\ntitle: {}').map(({ line }) => line)).toEqual([3, 2]);
  });

  test.each([
    ['title: A\nrevealOptions:\n\ttransition: fade', 4, { transition: 'fade' }],
    ['title: A\nrevealOptions:\n  a:\n  \tb: 1', 5, { a: { b: 1 } }],
  ])('indented with tabs is read as if with spaces, with a warning: %j', (yaml, line, options) => {
    const { frontMatter, diagnostics } = withYaml(yaml);
    expect(frontMatter).toEqual({ title: 'A', revealOptions: options });
    expect(diagnostics).toMatchObject([{ code: 'FRONT_MATTER_INVALID', severity: 'warning', line }]);
  });

  test('with a colon in a value says which text wants quotes', () => {
    expect(errorsOf('theme: evo\ntitle: Week 1: intro')).toMatchObject([
      { line: 3, hint: expect.stringContaining('put quotes around “Week 1: intro”') },
    ]);
  });

  test('joins the names of several authors, with a warning', () => {
    const { frontMatter, diagnostics } = withYaml('author: [Ada, Grace]');
    expect(frontMatter).toEqual({ author: 'Ada, Grace' });
    expect(diagnostics).toMatchObject([{ severity: 'warning', line: 2 }]);
  });

  test('turns numbers and truths into text', () => {
    expect(withYaml('title: 2024\nauthor: true').frontMatter).toEqual({ title: '2024', author: 'true' });
  });

  test.each([
    ['title: 1.10', { title: '1.10' }],
    ['title: 0x1F', { title: '0x1F' }],
    ['title: 1e3', { title: '1e3' }],
    ['author: True', { author: 'True' }],
    ['lang: "no"', { lang: 'no' }],
    ['keywords: [1.10, 2.0, a]', { keywords: ['1.10', '2.0', 'a'] }],
    ['keywords:\n  - 1.0', { keywords: ['1.0'] }],
  ])('leaves a text as it is written: %s', (yaml, frontMatter) => {
    expect(withYaml(yaml).frontMatter).toEqual(frontMatter);
  });

  test('leaves the numbers of reveal.js numbers', () => {
    expect(withYaml('revealOptions: {width: 1.10}').frontMatter.revealOptions).toEqual({ width: 1.1 });
  });

  test('takes one stylesheet for a list of one', () => {
    expect(withYaml('css: a.css').frontMatter.css).toEqual(['a.css']);
  });

  test('takes a key without a value for a key that is not there', () => {
    expect(withYaml('title:\ntheme: evo\nrevealOptions:\ncss: ~').frontMatter).toEqual({ theme: 'evo' });
  });

  test('refuses an empty separator', () => {
    expect(errorsOf('separator: ""')).toMatchObject([{ code: 'FRONT_MATTER_INVALID', line: 2 }]);
  });
});

describe('the places of the front matter', () => {
  const PARALLAX = ['revealOptions', 'parallaxBackgroundImage'] as const;

  test.each([
    ['title: A\ncss: a.css', ['css'], 3],
    ['# x\n"css" : a.css', ['css'], 3],
    ['revealOptions:\n  # x\n  parallaxBackgroundImage: a.png', PARALLAX, 4],
    ['revealOptions: {a: b,\n  parallaxBackgroundImage: a.png}', PARALLAX, 3],
    ['title: A', ['css'], 1],
    ['title: A', ['title', 'css'], 1],
  ])('have lines: of %j %j is on %i', (yaml, path, line) => {
    expect(withYaml(yaml).lineOf(...path)).toBe(line);
  });

  test.each([
    'css: «a.css»',
    'css: "«a.css»" # b.css',
    "css: '«a.css»'",
    'css:   «a.css, b.css»  ',
    'css: [«a.css», "«b.css»"]',
    'css:\n  - «a.css»\n  - «b.css»',
    'css: &x «a.css»',
    'css: !!str «a.css»',
  ])('are exact: %j', (marked) => {
    const source = `---\n${marked}\n---\n`;
    const found = splitFrontMatter(source.replace(/[«»]/g, ''), 'd').textsAt('css');
    const text = source.replace(/[«»]/g, '');
    const expected = [...source.matchAll(/«(.*?)»/g)].map(([, one]) => one);
    expect(found.map(({ text: one, offset = -1 }) => text.slice(offset, offset + one.length))).toEqual(
      expected,
    );
  });

  test.each(['css: "a\\x20b.css"', "css: 'a''b.css'", 'css: >-\n  a.css', 'css: a\n  b.css'])(
    'are none where a text is written in another form: %j',
    (yaml) => {
      expect(withYaml(yaml).textsAt('css')).toEqual([{ text: expect.any(String) }]);
    },
  );
});

describe('an unknown key of the front matter', () => {
  test('is a warning on its line', () => {
    expect(withYaml('theme: evo\nthem: x').diagnostics).toMatchObject([
      { code: 'FRONT_MATTER_UNKNOWN_KEY', severity: 'warning', line: 3 },
    ]);
  });

  test('has its line where its name is quoted', () => {
    expect(withYaml('theme: evo\n"t i": x').diagnostics).toMatchObject([{ line: 3 }]);
  });

  test('comes with the nearest known one', () => {
    expect(withYaml('thme: evo').diagnostics[0]?.hint).toBe('did you mean “theme”?');
  });

  test.each(['constructor', 'toString', 'hasOwnProperty'])('is noticed though objects have a %s', (key) => {
    expect(withYaml(`${key}: 1`).diagnostics).toMatchObject([{ code: 'FRONT_MATTER_UNKNOWN_KEY' }]);
  });

  test.each(['highlight-theme: x', 'NotesSeparator: x', 'revealoptions: {}', 'widht: 5', 'width: 5'])(
    'that is misspelt or at the wrong level is a warning: %s',
    (yaml) => {
      expect(withYaml(yaml).diagnostics).toMatchObject([
        { code: 'FRONT_MATTER_UNKNOWN_KEY', severity: 'warning', line: 2 },
      ]);
    },
  );

  test('that is one of reveal.js and changes nothing on paper is a note', () => {
    expect(withYaml('transition: fade\nslideNumber: true').diagnostics).toMatchObject([
      { severity: 'info', hint: 'transition, slideNumber belong below revealOptions' },
    ]);
  });

  test('is in one note with all others that say nothing of paper', () => {
    expect(withYaml('layout: post\ntags: [a, b]\nclass: lecture').diagnostics).toMatchObject([
      {
        code: 'FRONT_MATTER_UNKNOWN_KEY',
        severity: 'info',
        line: 2,
        message: 'front matter has keys that do not affect printed pages: “layout”, “tags”, “class”',
      },
    ]);
  });

  test.each(['watch: true', 'port: 80', 'host: x', 'static: _site', 'featuredSlide: 2'])(
    'that only reveal-md’s server follows is passed over: %s',
    (yaml) => {
      expect(withYaml(yaml).diagnostics).toEqual([]);
    },
  );

  test.each([
    ['theme: white', 'theme belongs next to revealOptions, not below it'],
    ['slidenumber: false', 'did you mean “slideNumber”?'],
  ])('is looked for below revealOptions: %s', (yaml, hint) => {
    expect(withYaml(`revealOptions:\n  ${yaml}`).diagnostics).toMatchObject([
      { severity: 'warning', line: 3, hint },
    ]);
  });

  test('below revealOptions may be one of a plugin', () => {
    expect(withYaml('revealOptions: {chalkboard: {}, menu: {}, math: {}}').diagnostics).toEqual([]);
  });
});

describe('hostile front matter', () => {
  test.each([
    'title: !!js/function "function () {}"',
    'title: !!js/regexp /a/',
    'title: !!python/object/apply:os.system ["ls"]',
    'title: !<tag:example.com,2000:x> y',
    '!!js/undefined',
  ])('with the tag of %j is refused', (yaml) => {
    expect(errorsOf(yaml)).toMatchObject([{ code: 'FRONT_MATTER_INVALID' }]);
  });

  test('with bytes for a text is read without them', () => {
    const { frontMatter, diagnostics } = withYaml('title: !!binary aGVsbG8=');
    expect(frontMatter).toEqual({});
    expect(diagnostics).toMatchObject([{ code: 'FRONT_MATTER_INVALID', line: 2 }]);
  });

  test('with a bomb of aliases is refused', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`);
    expect(errorsOf(['l0: &l0 x', ...levels].join('\n'))).toMatchObject([{ code: 'FRONT_MATTER_INVALID' }]);
  });

  test('with an alias to nothing is refused', () => {
    expect(errorsOf('title: *nothing')).toMatchObject([{ code: 'FRONT_MATTER_INVALID' }]);
  });

  test.each(['[', '{a: ', '- ', '? '])('with ten thousand times %j is refused', (opening) => {
    expect(errorsOf(`title: ${opening.repeat(10_000)}`)).toMatchObject([{ code: 'FRONT_MATTER_INVALID' }]);
  });

  test.each([
    '__proto__: {polluted: 1}',
    'revealOptions: {__proto__: {polluted: 1}}',
    'revealOptions: {constructor: {prototype: {polluted: 1}}}',
    '"__proto__":\n  polluted: 1',
  ])('does not reach the prototype of objects with %j', (yaml) => {
    withYaml(yaml);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('does not give its options a prototype of its own', () => {
    const options = withYaml('revealOptions: {__proto__: {center: false}}').frontMatter.revealOptions;
    expect(options?.center).toBeUndefined();
  });

  test('does not merge what an alias with << names', () => {
    expect(withYaml('<<: {theme: evo}').frontMatter).toEqual({});
  });
});

const YAMLISH = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'title',
        'css',
        'revealOptions',
        ':',
        ': ',
        '\n',
        '\n  ',
        '- ',
        '[',
        ']',
        '{',
        '}',
        ',',
      ),
      fc.constantFrom(
        '&a ',
        '*a',
        '!!',
        '!x ',
        '|',
        '>',
        '"',
        "'",
        '#',
        '%YAML 1.1',
        '...',
        '---',
        '? ',
        '~',
      ),
      fc.constantFrom(
        '<<',
        '__proto__',
        'null',
        'true',
        '0x1f',
        '1e999',
        '.nan',
        '\t',
        '@',
        '`',
        '\u0000',
        '\u2028',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('any front matter', () => {
  test('either parses or is refused with a code and a line', () => {
    fc.assert(
      fc.property(YAMLISH, (yaml) => {
        for (const error of errorsOf(yaml)) {
          expect(error.code).toBe('FRONT_MATTER_INVALID');
          expect(error.line).toBeGreaterThanOrEqual(1);
        }
      }),
      randomCases(400, 2_000),
    );
  });

  test('together with its body makes up the whole file', () => {
    fc.assert(
      fc.property(YAMLISH, YAMLISH, (yaml, body) => {
        const source = `---\n${yaml}\n---\n${body}`;
        fc.pre(errorsOf(yaml).length === 0 && deckErrors(() => splitFrontMatter(source, 'd')).length === 0);
        const split = splitFrontMatter(source, 'd');
        expect(source.endsWith(split.body)).toBe(true);
        const above = source.slice(0, source.length - split.body.length).split('\n').length;
        expect(split.bodyLine).toBe(above);
      }),
      randomCases(200, 1_000),
    );
  });

  test('gives back the texts that were written', () => {
    const texts = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        texts,
        fc.array(texts),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (title, css, options) => {
          const yaml = Object.entries({ title, css, revealOptions: options })
            .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
            .join('\n');
          const { __proto__: _, ...kept } = options;
          expect(JSON.parse(JSON.stringify(withYaml(yaml).frontMatter))).toEqual(
            JSON.parse(JSON.stringify({ title, css, revealOptions: kept })),
          );
        },
      ),
      randomCases(100, 1_000),
    );
  });

  test('names the line of a misspelled key at any level', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (before, after) => {
        const filler = (count: number, name: string) =>
          Array.from({ length: count }, (_, i) => `${name}${i}: {x: 1}`);
        const lines = [...filler(before, 'titleX'), 'titleX: 1', ...filler(after, 'titleXY')];
        const found = withYaml(lines.join('\n')).diagnostics.find(({ message }) =>
          message.includes('“titleX”'),
        );
        expect(found?.line).toBe(before + 2);
      }),
      randomCases(100, 1_000),
    );
  });
});
