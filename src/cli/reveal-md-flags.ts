import { DeckhandError, EXIT } from '../model/errors.ts';
import type { RawOptions } from '../settings/settings.ts';

/** A flag of reveal-md that Deckhand does not have: https://github.com/webpro/reveal-md/blob/main/bin/help.txt */
interface ForeignFlag {
  readonly type: 'string' | 'boolean';
  readonly alias?: string;
  /** The message about it. */
  readonly says?: string;
  /** The flag asks for something that Deckhand does not do. */
  readonly isRefused?: boolean;
}

const SERVES = 'is only for a server, and Deckhand does not start one';
const WEBSITE = 'is only for a website, and Deckhand does not create one';

export const REVEAL_MD_FLAGS: Readonly<Record<string, ForeignFlag>> = {
  watch: {
    type: 'boolean',
    alias: 'w',
    says: 'Deckhand builds once and exits: let your editor, or a tool like “npx nodemon -e md,css -x deckhand build”, run it on every save',
    isRefused: true,
  },
  static: {
    type: 'string',
    says: 'Deckhand does not create websites: use reveal-md for that. “--only archive” packs a presentation that needs no server',
    isRefused: true,
  },
  'static-dirs': { type: 'string', says: WEBSITE },
  'absolute-url': { type: 'string', says: `${WEBSITE}; --link-base resolves relative links against it` },
  'featured-slide': {
    type: 'string',
    says: `${WEBSITE}; “--only images --slides N” creates an image of a slide`,
  },
  'listing-template': { type: 'string', says: WEBSITE },
  'disable-auto-open': { type: 'boolean', says: 'Deckhand opens no window' },
  host: { type: 'string', says: SERVES },
  port: { type: 'string', says: SERVES },
  view: { type: 'string', says: 'is only for the screen' },
  scripts: {
    type: 'string',
    says: 'scripts are not run, so what they change on slides is not printed. You need not do anything if the pages look right',
  },
  'puppeteer-chromium-executable': { type: 'string' },
  'puppeteer-launch-args': { type: 'string' },
};

/** Arguments of Chromium that do not change what Deckhand prints, or that it sets anyway. */
const HARMLESS =
  /^--(?:disable-dev-shm-usage|disable-gpu|disable-setuid-sandbox|disable-software-rasterizer|headless(?:=.*)?|single-process|no-zygote|no-first-run|hide-scrollbars|mute-audio|disable-extensions|disable-background-networking|font-render-hinting=none)$/;

/** The result of translating reveal-md's flags. */
interface Translated {
  /** Options, as if they had been given on the command line. */
  readonly flags: RawOptions;
  /** One line for each flag that has no effect. */
  readonly notices: readonly string[];
}

/**
 * Translates the flags that only reveal-md has.
 *
 * @throws DeckhandError with exit code 2 for a flag that asks for something that Deckhand does not do.
 */
export function translateRevealMdFlags(given: RawOptions): Translated {
  const flags: Record<string, unknown> = {};
  const notices: string[] = [];
  for (const [flag, { says, isRefused }] of Object.entries(REVEAL_MD_FLAGS)) {
    const value = given[flag];
    if (value === undefined || value === false) continue;
    if (isRefused) throw new DeckhandError('USAGE', EXIT.usage, `--${flag}: ${says}`);
    if (says !== undefined) notices.push(`--${flag}: ${says}`);
  }
  const executable = given['puppeteer-chromium-executable'];
  if (executable !== undefined) flags.browser = executable;
  const launchArguments = [given['puppeteer-launch-args'] ?? []]
    .flat()
    .flatMap((one) => String(one).split(/\s+/));
  if (launchArguments.includes('--no-sandbox')) flags.sandbox = false;
  const others = launchArguments.filter((one) => one !== '' && one !== '--no-sandbox' && !HARMLESS.test(one));
  if (others.length > 0)
    notices.push(
      `--puppeteer-launch-args: ${others.join(' ')} ${others.length === 1 ? 'is' : 'are'} not passed on`,
    );
  return { flags, notices };
}
