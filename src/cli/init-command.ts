import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EXIT, type ExitCode } from '../model/errors.ts';
import { plural } from '../pipeline/report/report.ts';
import { findConfig } from '../settings/config-file.ts';
import type { Settings } from '../settings/options.ts';
import { unwritable } from '../system/write-file.ts';
import { decksToName, type ProjectSurvey, type SurveyedFile, surveyProject } from './init/survey-project.ts';
import { WORKFLOW_FILE, workflow } from './init/workflow.ts';
import { type CommandIo, writeLine } from './io.ts';

const CONFIG_FILE = 'deckhand.config.json';
/** The path at which editors find the schema in a project that has Deckhand installed. */
const SCHEMA = './node_modules/deckhand/schemas/config.schema.json';

/**
 * `deckhand init`: reports what the folder contains and how it will be read, and writes the configuration if there is none.
 */
export async function runInit({ init }: Settings, { cwd, stdout }: CommandIo): Promise<ExitCode> {
  const say = (line: string): void => writeLine(stdout, line);
  const survey = await surveyProject(cwd);
  for (const line of describe(survey)) say(line);
  if (survey.decks.length === 0) {
    say(
      'Nothing was written: no Markdown file here looks like slides. Write one, or change to the folder that has them.',
    );
    return EXIT.failed;
  }
  const flags = survey.preprocessors.slice(0, 1).map((name) => `--preprocessor ${name}`);
  const config = `${JSON.stringify({ $schema: SCHEMA, decks: decksToName(survey) }, null, 2)}\n`;
  const existing = findConfig(cwd);
  say(existing === undefined ? await writeNew(CONFIG_FILE, config, cwd) : leftAsItIs(basename(existing)));
  if (init.ci) say(await writeNew(WORKFLOW_FILE, workflow(flags), cwd));
  say(`Next: npx deckhand build${flags.map((flag) => ` ${flag}`).join('')}`);
  return EXIT.ok;
}

function describe({ decks, others, configuration, preprocessors }: ProjectSurvey): string[] {
  return [
    ...(decks.length > 0 ? [`${plural(decks.length, 'deck')}:`, ...decks.map(describeDeck)] : []),
    ...(others.length > 0 ? [`Not decks, because each is a single page: ${some(others)}`] : []),
    ...(configuration.length > 0 ? [`Followed: ${configuration.join(', ')}`] : []),
    ...preprocessors.map(
      (name) =>
        `Not run, unless the command line names it: the preprocessor ${name} (--preprocessor ${name})`,
    ),
  ];
}

function describeDeck({ path, deck, trouble }: SurveyedFile): string {
  if (!deck) return `  ${path}: cannot be read: ${trouble}`;
  const { title, slides, looks, size, warnings } = deck;
  const theme = looks ? `, theme ${looks.theme}` : '';
  const more = warnings > 0 ? `, ${plural(warnings, 'warning')} (deckhand check ${path})` : '';
  return `  ${path}: “${title}”, ${plural(slides, 'slide')} of ${size.widthPx} × ${size.heightPx}${theme}${more}`;
}

function some(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).join(', ');
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}

/** Existing files are never changed. */
async function writeNew(path: string, text: string, cwd: string): Promise<string> {
  const file = join(cwd, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
    return `Wrote ${path}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(dirname(file), error);
    return leftAsItIs(path);
  }
}

function leftAsItIs(path: string): string {
  return `Left ${path} unchanged: it already exists`;
}
