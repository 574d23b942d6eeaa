import { describe, expect, test } from 'vitest';
import { makeSvgSafe } from '../../../src/images/svg/svg-safe.ts';
import { root, SVG_ATTACKS, safe } from './svg-attacks.ts';

/** With all that lies in it unpacked. */
function unpacked(svg: string): string {
  return svg.replace(/data:image\/svg\+xml;base64,([\w+/=]*)/g, (_, packed: string) =>
    unpacked(Buffer.from(packed, 'base64').toString()),
  );
}

describe('nothing is left of', () => {
  test.each(SVG_ATTACKS)('%s', (_name, source) => {
    expect(unpacked(safe(source))).not.toMatch(/evil|script|\son\w+=|<!|<\?|@import/i);
  });

  test.each(SVG_ATTACKS)('%s, and a second look finds nothing more to do', (_name, source) => {
    const once = safe(source);
    expect(safe(once)).toBe(once);
  });
});

describe('refused is', () => {
  const entities = (declarations: string, use = '&a;'): string =>
    `<!DOCTYPE svg [${declarations}]>${root(`<text>${use}</text>`)}`;
  const laughs = Array.from({ length: 12 }, (_, i) => `<!ENTITY a${i} "${`&a${i + 1};`.repeat(10)}">`);
  const copies = (levels: number, each: number): string =>
    Array.from(
      { length: levels },
      (_, i) => `<g id="a${i}">${`<use href="#a${i + 1}"/>`.repeat(each)}</g>`,
    ).join('');
  test.each([
    [
      'entities that laugh',
      entities(`${laughs.join('')}<!ENTITY a12 "ha">`, '&a0;'),
      'declares XML entities that expand without limit',
    ],
    [
      'one long entity, often',
      entities(`<!ENTITY a "${'x'.repeat(50_000)}">`, '&a;'.repeat(100)),
      'declares XML entities that expand without limit',
    ],
    [
      'an entity that holds itself',
      entities('<!ENTITY a "&b;"><!ENTITY b "&a;">'),
      'declares XML entities that expand without limit',
    ],
    [
      'an entity from outside',
      entities('<!ENTITY a SYSTEM "file:///etc/passwd">'),
      'refers to an external XML entity',
    ],
    [
      'an entity with a public name',
      entities('<!ENTITY a PUBLIC "x" "https://evil.test/">'),
      'refers to an external XML entity',
    ],
    [
      'a parameter entity',
      entities('<!ENTITY % p SYSTEM "https://evil.test/">%p;'),
      'refers to an external XML entity',
    ],
    [
      'an entity with markup',
      entities('<!ENTITY a "<script>x</script>">'),
      'declares XML entities that contain markup',
    ],
    [
      'an entity with hidden markup',
      entities('<!ENTITY a "&#60;script>">'),
      'declares XML entities that contain markup',
    ],
    ['an unknown entity', root('<text>&nbsp;</text>'), 'is not well-formed XML: undefined entity'],
    [
      'a name that every object has',
      root('<text>&constructor;</text>'),
      'is not well-formed XML: undefined entity',
    ],
    [
      'copies of copies',
      root(`${copies(9, 10)}<rect id="a9"/>`),
      'grows to more than 1000000 elements when it is drawn',
    ],
    [
      'copies under other spellings',
      root(`${copies(9, 10)}<rect id="a9"/>`).replaceAll('#a', '#%61'),
      'grows to more than 1000000 elements when it is drawn',
    ],
    [
      'patterns of patterns',
      root(
        Array.from(
          { length: 9 },
          (_, i) => `<pattern id="p${i}">${`<rect fill="url(#p${i + 1})"/>`.repeat(10)}</pattern>`,
        ).join(''),
      ),
      'grows to more than 1000000 elements when it is drawn',
    ],
    [
      'a picture of many elements, copied often',
      root(
        `<g id="a">${`<use href="#b"/>`.repeat(100)}</g>${`<use href="#a"/>`.repeat(100)}<image id="b" href="data:image/svg+xml,${encodeURIComponent(root('<g/>'.repeat(200)))}"/>`,
      ),
      'grows to more than 1000000 elements when it is drawn',
    ],
    ['too many elements', root('<g/>'.repeat(500_001)), 'has more than 500000 elements'],
    ['too deep a nesting', root('<g>'.repeat(300)), 'nests elements more than 256 levels deep'],
    [
      'another namespace',
      '<svg xmlns="urn:x"/>',
      'does not declare the SVG namespace, so browsers do not display it',
    ],
    ['no namespace', '<svg/>', 'does not declare the SVG namespace, so browsers do not display it'],
    ['another root', '<g xmlns="http://www.w3.org/2000/svg"/>', 'has a root element other than svg'],
    ['no end', '<svg xmlns="http://www.w3.org/2000/svg"><g>', 'ends before its root element is closed'],
    [
      'a prefix that is not declared',
      '<svg xmlns="http://www.w3.org/2000/svg"><x:g/></svg>',
      'is not well-formed XML: unbound namespace prefix: "x"',
    ],
  ])('%s', (_name, source, fault) => {
    expect(makeSvgSafe(source)).toEqual({ ok: false, fault });
  });
});

describe('copies that never end', () => {
  test.each([
    ['of an element within itself', '<g id="a"><use href="#a"/><rect/></g>', '<g id="a"><use/><rect/></g>'],
    [
      'of two that hold each other',
      '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
      '<g id="a"><use/></g><g id="b"><use/></g>',
    ],
    ['of itself', '<use id="a" href="#a"/>', '<use id="a"/>'],
  ])('%s show nothing', (_name, inside, left) => {
    expect(safe(root(inside))).toBe(`<svg xmlns="http://www.w3.org/2000/svg">${left}</svg>`);
  });

  test('leave others as they are', () => {
    expect(safe(root('<g id="a"><use href="#a"/><use href="#b"/></g><rect id="b"/>'))).toContain(
      '<use href="#b"/>',
    );
  });

  test('of a hundred thousand are found', () => {
    const ring = Array.from(
      { length: 100_000 },
      (_, i) => `<g id="a${i}"><use href="#a${(i + 1) % 100_000}"/></g>`,
    );
    expect(safe(root(ring.join('')))).not.toContain('href');
  });
});
