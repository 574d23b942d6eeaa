import { test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { courseBuiltOnce } from '../support/course.ts';
const c = courseBuiltOnce({ jobs: 2, decks: ["decks/nested.md","decks/wide.md","decks/code.md","decks/structure.md"] }, {"decks/nested.md": "# A\n\n---\n\n## B\n\n<section><p>inner one</p></section><section>inner two</section>\n\n---\n\n# C\n"});
test('x', async () => {
  for (const d of c.report.decks) {
    console.log('=====', d.path, d.slides, JSON.stringify(d.outputs.map(o=>[o.kind,o.pages])), JSON.stringify(d.diagnostics, null, 1));
    for (const o of d.outputs) {
      writeFileSync('/tmp/try-' + d.path.replaceAll('/', '_') + '-' + o.kind + '.pdf', await c.bytes(d.path, o.kind));
      const pages = await c.pages(d.path, o.kind);
      if (o.kind !== 'handout') pages.forEach((p, i) => console.log(o.kind, i + 1, p.widthPt, p.heightPt, 'links', p.links, p.jumps, 'pics', p.pictures, p.isBlank, JSON.stringify(p.text)));
      console.log(await c.outline(d.path, o.kind));
    }
  }
});
