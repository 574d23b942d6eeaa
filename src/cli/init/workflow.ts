/** The path at which GitHub looks for it. */
export const WORKFLOW_FILE = '.github/workflows/deckhand.yml';

/** A workflow that builds the decks of a repository on every push, and uploads the results. */
export function workflow(flags: readonly string[]): string {
  const command = ['npx deckhand build', ...flags].join(' ');
  return `name: Handouts
on: [push, pull_request, workflow_dispatch]
permissions:
  contents: read
jobs:
  handouts:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # the date on each PDF is that of the deck’s last commit
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - uses: actions/cache@v4
        with:
          path: ~/.cache/deckhand
          key: deckhand-\${{ hashFiles('**/*.md') }}
          restore-keys: deckhand-
      - run: npm ci
      - run: ${command}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: handouts
          path: output
`;
}
