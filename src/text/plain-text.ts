/** Characters that control a terminal or change the direction of text: ESC, NUL and the C1 controls among them. */
const CONTROL = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/**
 * Untrusted text, such as a deck's title or the name of a file, as one line without control characters: for a terminal, a
 * log, or the metadata of a PDF.
 */
export function oneLine(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ').replace(CONTROL, '\ufffd');
}

/** The same for a message that may end with the stack of an error, whose lines are kept. */
export function lineOrStack(text: string): string {
  return text
    .split(/\r?\n(?= {4}at )/)
    .map(oneLine)
    .join('\n');
}

/**
 * Our text with untrusted parts, for a terminal or a log. CI systems interpret some lines as commands:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions (`::error::`),
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands (`##vso[…]`).
 */
export function forLog(text: string): string {
  return text
    .replace(CONTROL, (found) => (found === '\n' ? found : '\ufffd'))
    .replace(/^(\s*):(?=:)/gm, '$1: ')
    .replace(/#(?=#\w*\[)/g, '# ');
}

/** JSON that is equivalent for programs, and contains no such commands. */
export function jsonForLog(value: unknown): string {
  const escaped = (found: string): string =>
    found === '\n' ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, 2)
    .replace(CONTROL, escaped)
    .replace(/#(?=#)/g, escaped);
}
