/** Whatever moves the cursor, colours, rings or turns the direction of what follows; ESC, NUL and the C1 controls among it. */
const CONTROL = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/**
 * A text from outside, such as a deck's title or the name of a file, as one line that commands nothing: for a terminal, a
 * log, or what a PDF says of itself.
 */
export function oneLine(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ').replace(CONTROL, '\ufffd');
}

/** The same for a message that may end in the stack of an error, whose frames keep their lines. */
export function lineOrStack(text: string): string {
  return text
    .split(/\r?\n(?= {4}at )/)
    .map(oneLine)
    .join('\n');
}

/**
 * Text of ours with others' in it, as it may be written to a terminal or a log. CI systems take lines for commands:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions (`::error::`),
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands (`##vso[…]`).
 */
export function forLog(text: string): string {
  return text
    .replace(CONTROL, (found) => (found === '\n' ? found : '\ufffd'))
    .replace(/^(\s*):(?=:)/gm, '$1: ')
    .replace(/#(?=#\w*\[)/g, '# ');
}

/** Data as JSON that says the same to a program, and commands nothing. */
export function jsonForLog(value: unknown): string {
  const escaped = (found: string): string =>
    found === '\n' ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, 2)
    .replace(CONTROL, escaped)
    .replace(/#(?=#)/g, escaped);
}
