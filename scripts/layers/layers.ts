export interface Layer {
  /** Below `src`; with everything below it, except for folders that are layers themselves. */
  readonly folder: string;
  readonly about: string;
  /** Names of its folders that must not depend on each other. */
  readonly inside?: Readonly<Record<string, string>>;
}

/** Maximum number of files in one folder. */
export const MOST_FILES = 15;

/** From top to bottom: a layer imports only from those below it. */
export const LAYERS: readonly Layer[] = [
  { folder: '', about: '`index.ts`, the library, and `cli.ts`, which starts the program' },
  {
    folder: 'cli',
    about: 'the program: commands, progress, messages, doctor',
    inside: { init: 'the project that `deckhand init` writes' },
  },
  { folder: 'vendoring', about: '`deckhand vendor`: keeps remote files in the project' },
  {
    folder: 'pipeline',
    about: 'all decks (`run.ts`), one deck (`build-deck.ts`), and what they need of the world (`ports.ts`)',
  },
  { folder: 'pipeline/read', about: 'decks are parsed, in processes of their own' },
  {
    folder: 'pipeline/outputs',
    about: 'one entry per kind of file, listed in `index.ts`: add a new output here',
    inside: {
      handout: 'the grid of slides (`grid/`), notes, links, cover, booklet',
      cheatsheet: 'which blocks are selected, and how they are placed in columns',
      archive: 'sources, live presentation and PDFs in one ZIP',
    },
  },
  {
    folder: 'pipeline/inputs',
    about: 'one folder per kind of deck: this is where a deck comes in',
    inside: {
      'reveal-md': 'Markdown decks: finding, reading, the reveal.js page that shows them',
      'reveal-md/configuration': 'reveal-md.json, and which source of a setting has precedence',
      'reveal-md/front-matter': 'the YAML at the top of a deck',
      'reveal-md/keys': 'known keys, and suggestions for misspelled ones',
      'reveal-md/model': 'what a Markdown deck is, and where its addresses lead',
      'reveal-md/slides': 'the Markdown of a slide',
      'reveal-md/styles': 'themes and stylesheets',
      'reveal-md/template': 'a page of the project around the slides',
    },
  },
  { folder: 'pipeline/report', about: 'results as text and as an exit code' },
  { folder: 'pipeline/publish', about: 'writes files: all of an output, or none' },
  {
    folder: 'pipeline/assemble',
    about: 'prints and images become finished files: bookmarks, metadata, checks',
  },
  { folder: 'pipeline/capture', about: 'planned documents are printed, or captured as screenshots' },
  { folder: 'pipeline/optimize', about: 'images are encoded as a PDF holds them' },
  { folder: 'pipeline/planning', about: 'what outputs share when they plan their documents' },
  {
    folder: 'pipeline/present',
    about: 'the deck is laid out in the browser, and becomes frames and a layout (`measure.ts`)',
    inside: {
      frames: 'static copies of the slides as they were presented, and their styles',
      fit: 'slides that are too large for their page',
      blocks: 'splits slides into blocks for cheatsheets',
    },
  },
  { folder: 'pipeline/localize', about: 'remote images, styles and fonts become local ones' },
  { folder: 'pipeline/links', about: 'links inside a deck, and between decks' },
  { folder: 'pipeline/slides', about: 'how slides are numbered, labelled and named' },
  { folder: 'pipeline/site', about: 'the addresses that a deck is served under, and its files' },
  { folder: 'pipeline/contract', about: 'what an input is, and what an output is' },
  { folder: 'markup', about: 'HTML, CSS and Markdown, with positions' },
  { folder: 'settings', about: 'every option, the configuration file, the environment' },
  {
    folder: 'paper',
    about: 'sizes of paper, QR codes, cards',
    inside: { styles: 'stylesheets of what is printed' },
  },
  {
    folder: 'pdf',
    about: 'a library for tagged PDF, which knows no deck',
    inside: {
      conformance: 'PDF/A and PDF/UA: makes files conform, and checks them',
      content: 'content streams, text and glyphs',
      imposition: 'pages placed on sheets',
      navigation: 'links, destinations, bookmarks, page labels',
      structure: 'the tags',
    },
  },
  {
    folder: 'browser',
    about: 'starting Chromium and using its pages',
    inside: {
      find: 'finds a browser, or downloads one',
      fonts: 'chooses the fonts that the browser can use',
    },
  },
  {
    folder: 'images',
    about: 'a library for images, which knows no deck: the boundary to the outside world',
    inside: {
      cache: 'what was fetched or encoded before',
      codec: 'formats',
      decoder: 'decoding in processes of its own',
      fetch: 'requests, and where they may go',
      model: 'types and limits',
      renditions: 'an image for print',
      svg: 'makes SVG safe',
    },
  },
  { folder: 'system', about: 'files, folders and processes of this machine' },
  { folder: 'text', about: 'plain text: escaping, decoding, comparing names' },
  { folder: 'async', about: 'deadlines, aborting, memoizing' },
  { folder: 'model', about: 'types and tables that all share: deck, layout, plan, report, diagnostics' },
];

/** Their members are independent of each other. */
export const FAMILIES: readonly string[] = ['pipeline/inputs', 'pipeline/outputs'];
