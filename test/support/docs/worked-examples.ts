import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { marked } from 'marked';

/** What a worked example says to do: write a file, change one, or run a command. */
export type ExampleStep =
  | { readonly type: 'write'; readonly file: string; readonly text: string }
  | { readonly type: 'change'; readonly file: string; readonly diff: string }
  | { readonly type: 'run'; readonly command: string };

/** The steps of a document, in its order: code blocks that name a file, and those of a shell. */
export function exampleSteps(markdown: string): ExampleStep[] {
  const steps: ExampleStep[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => {
    if (token.type !== 'code') return;
    const [language, ...words] = (token.lang ?? '').split(' ');
    const file = words.find((word: string) => word.startsWith('file='))?.slice('file='.length);
    if (file !== undefined && language === 'diff') steps.push({ type: 'change', file, diff: token.text });
    else if (file !== undefined) steps.push({ type: 'write', file, text: `${token.text}\n` });
    else if (language === 'sh')
      for (const command of token.text.split('\n')) steps.push({ type: 'run', command });
  });
  return steps;
}

/** Writes or changes a file below `root`. */
export async function applyStep(step: Exclude<ExampleStep, { type: 'run' }>, root: string): Promise<void> {
  const path = join(root, step.file);
  if (step.type === 'write') {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, step.text);
  } else await writeFile(path, changed(await readFile(path, 'utf8'), step.diff, step.file));
}

/**
 * A text with a diff applied. Its hunks are separated by `@@`, have no line numbers, and are found by their lines.
 *
 * @throws Error where the lines of a hunk are not in the text, behind those of the one before.
 */
export function changed(text: string, diff: string, file: string): string {
  let done = '';
  let rest = text;
  for (const hunk of diff.split(/^@@$\n/m)) {
    const lines = hunk.replace(/\n$/, '').split('\n');
    const side = (sign: string): string =>
      lines.flatMap((line) => (line.startsWith(sign) ? [] : [`${line.slice(1)}\n`])).join('');
    const [before, after] = [side('+'), side('-')];
    const at = `\n${rest}`.indexOf(`\n${before}`);
    if (at === -1) throw new Error(`${file} does not have these lines:\n${before}`);
    done += rest.slice(0, at) + after;
    rest = rest.slice(at + before.length);
  }
  return done + rest;
}
