import { DeckhandError, EXIT } from '../model/errors.ts';

/** Words with which decktape calls begin: https://github.com/astefanutti/decktape#usage */
const PLUGINS = ['reveal', 'automatic', 'generic'];

/** Its flags that take a value, with the equivalent option of Deckhand. */
const VALUED: Readonly<Record<string, ((value: string) => string) | undefined>> = {
  '--size': (size) => `--size ${size}`,
  '-s': (size) => `--size ${size}`,
  '--slides': (ranges) => `--slides ${ranges}`,
  '--screenshots-directory': (folder) => `--output ${quoted(folder)}`,
  '--screenshots-format': (format) => `--image-format ${format === 'jpg' ? 'jpeg' : format}`,
  '--chrome-path': (path) => `--browser ${quoted(path)}`,
  '--screenshots-size': undefined,
  '--chrome-arg': undefined,
  '--pause': undefined,
  '-p': undefined,
  '--load-pause': undefined,
  '--page-load-timeout': undefined,
  '--url-load-timeout': undefined,
  '--buffer-timeout': undefined,
  '--pdf-author': (name) => `--author ${quoted(name)}`,
  '--pdf-title': (title) => `--title ${quoted(title)}`,
  '--pdf-subject': undefined,
  '--header': undefined,
  '--headers': undefined,
  '--key': undefined,
  '--max-slides': undefined,
};

/**
 * Detects command lines written for decktape, and answers with the equivalent command of Deckhand.
 *
 * @throws DeckhandError with exit code 2 for such a command line.
 */
export function refuseDecktapeCall(argv: readonly string[]): void {
  const words = argv[0] === 'decktape' ? argv.slice(1) : argv;
  const { named, options, screenshots } = takenApart(words);
  const [first = ''] = named;
  const isPlugin =
    PLUGINS.includes(first) && named.some((word) => ADDRESS.test(word) || /\.pdf$/i.test(word));
  const source = isPlugin ? named[1] : named.find((word) => ADDRESS.test(word));
  const isCall = argv[0] === 'decktape' || isPlugin || (source !== undefined && ADDRESS.test(source));
  if (!isCall) return;
  const target = named.findLast((word) => /\.pdf$/i.test(word) && word !== source);
  const call = [
    'deckhand build',
    source === undefined ? 'slides.md' : quoted(deckOf(source)),
    ...(target === undefined ? [] : [`--print ${quoted(target)}`]),
    ...(screenshots ? [target === undefined ? '--only slides,images' : '--only images'] : []),
    ...options,
  ];
  const counts = options.some((one) => one.startsWith('--slides'))
    ? '; Deckhand numbers slides as the deck does: the second slide of the fourth stack is 4.2'
    : '';
  throw new DeckhandError(
    'USAGE',
    EXIT.usage,
    'Deckhand reads the file of a deck, not the address where it is shown',
    {
      hint: `the same as with decktape: ${call.join(' ')}${counts}`,
    },
  );
}

const ADDRESS = /^(?:https?|file):\/\//i;

function takenApart(words: readonly string[]) {
  const named: string[] = [];
  const options: string[] = [];
  let screenshots = false;
  for (let i = 0; i < words.length; i++) {
    const [flag = '', value] = (words[i] ?? '').split(/=(.*)/s);
    if (!flag.startsWith('-')) named.push(words[i] ?? '');
    else if (flag === '--screenshots') screenshots = true;
    else if (Object.hasOwn(VALUED, flag)) {
      const given = value ?? words[++i] ?? '';
      options.push(...[VALUED[flag]?.(given) ?? []].flat());
    }
    // decktape has no such flag: the next word may be its value.
    else if (value === undefined && !words[i + 1]?.startsWith('-')) i += 1;
  }
  return { named, options, screenshots };
}

/** The file that is probably shown at an address: reveal-md serves `slides.md` under that name or as `slides.html`. */
function deckOf(source: string): string {
  const path = URL.canParse(source) ? decodeURIComponent(new URL(source).pathname) : source;
  const isOnDisk = !/^https?:/i.test(source);
  const file = (isOnDisk ? path : path.replace(/^\/+/, ''))
    .replace(/[?#].*$/, '')
    .replace(/\.html?$/i, '.md');
  return file === '' || file.endsWith('/') ? `${file}slides.md` : file;
}

function quoted(word: string): string {
  return /^[\w./:=,@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
