import type { RecordedCourse } from './courses.ts';

export const PARTS = 'parts.md';
export const UNMARKED = 'unmarked.md';

const unmarked = '# Parts\n\n---\n\n## Git\n\n- `git add`: stages changes\n- `git push`: sends commits\n';

/** All kinds of `data-handout` marks. Omitted content contains “secret”, content for paper only contains “hint”. */
export const PARTED: RecordedCourse = {
  name: 'parted',
  config: {
    decks: [PARTS, UNMARKED],
    only: ['slides', 'handout', 'cheatsheet'],
    notes: 'speaker',
    perPage: 2,
  },
  files: {
    [UNMARKED]: unmarked,
    [PARTS]: `---
title: Parts of slides
theme: white
---

# Parts

---

## Undo

<h3 id="secret-heading" data-handout="skip">A secret heading</h3>

Take the last commit back.

\`\`\`sh
git reset --secret
\`\`\`
<!-- .element: data-handout="skip" -->

![A secret picture](img/photo.png) <!-- .element: data-handout="skip" -->

<p data-handout="skip">See <a href="https://secret.example/">the secret solution</a>.</p>

A hint with [an address](https://hint.example/).
<!-- .element: data-handout="only" -->

Note:
Open words. <span data-handout="skip">Secret words.</span> <span data-handout="blank">Secret gap</span>, open end.

---

## Gaps

The capital is <span data-handout="blank">Secret City</span>, and [a link](#/1) leads back.

- open point
- secret point <!-- .element: data-handout="blank" -->

A secret paragraph that is long enough to need more than one line on this slide, so that there is more than one line. <!-- .element: data-handout="blank" -->

Below the gaps.

---

## Frames

\`\`\`js
const secret = 42;
\`\`\`
<!-- .element: data-handout="blank" -->

![A secret photo](img/photo.png) <!-- .element: data-handout="blank" style="height: 160px" -->

Below the frames.

---

## Table

<!-- .slide: data-cheatsheet="keep" -->

| Command | Meaning |
|---|---|
| \`git add\` | <span data-handout="blank">secret meaning</span> |
| \`git log\` | shows the history |

<table data-handout="blank"><tr><th>Secret</th></tr><tr><td>Secret cell</td></tr></table>

\`\`\`sh
git kept
\`\`\`
<!-- .element: data-handout="only" data-cheatsheet="keep" -->

\`\`\`sh
git hint
\`\`\`
<!-- .element: data-handout="only" -->

$$a = \\text{secret}$$ <!-- .element: data-handout="blank" -->

---

<!-- .slide: data-handout="skip" -->

## Secret section

----

## Shown section

![Tile](img/tile.png)

----

<!-- .slide: data-handout="blank" data-background-image="img/photo.png" -->

## To be filled in

A secret sentence.

1. secret one
2. secret two

Note:
Secret notes.
`,
  },
};
