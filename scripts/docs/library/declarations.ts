import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Declaration, Span } from '@oxc-project/types';
import { type Comment, parseSync } from 'oxc-parser';

/** A file of TypeScript, parsed. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  readonly comments: readonly Comment[];
  readonly body: ReturnType<typeof parseSync>['program']['body'];
}

/** A declaration that the package exports, with the file that it is in. */
export interface Exported {
  readonly name: string;
  readonly source: SourceText;
  readonly declaration: Declaration;
  /** Where the statement begins, including `export`: its docstring ends there. */
  readonly start: number;
}

const parsed = new Map<string, SourceText>();

function parse(file: string): SourceText {
  const known = parsed.get(file);
  if (known) return known;
  const text = readFileSync(file, 'utf8');
  const { program, comments } = parseSync(file, text);
  const source = { file, text, comments, body: program.body };
  parsed.set(file, source);
  return source;
}

/** Everything that a module exports, in order, including re-exports. */
export function exportsOf(file: string): Exported[] {
  const { body } = parse(file);
  return body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return [];
    if (statement.declaration) return namesOf(statement.declaration).map((name) => declarationOf(name, file));
    return statement.specifiers.map(({ local, exported }) => {
      const from = statement.source ? join(dirname(file), statement.source.value) : file;
      return { ...declarationOf(nameOf(local), from), name: nameOf(exported) };
    });
  });
}

/**
 * The declaration of a name in a file, or in the file from which it is exported.
 *
 * @throws Error if there is none.
 */
export function declarationOf(name: string, file: string): Exported {
  const source = parse(file);
  for (const statement of source.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : (statement as Declaration);
    if (declaration && namesOf(declaration).includes(name))
      return { name, source, declaration, start: statement.start };
    if (statement.type !== 'ExportNamedDeclaration' && statement.type !== 'ImportDeclaration') continue;
    const specifiers: readonly { readonly local: unknown }[] = statement.specifiers;
    const isHere = specifiers.some(({ local }) => nameOf(local) === name);
    if (isHere && statement.source) return declarationOf(name, join(dirname(file), statement.source.value));
  }
  throw new Error(`${file} has no declaration of ${name}`);
}

function namesOf(declaration: Declaration): string[] {
  switch (declaration.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return declaration.id ? [declaration.id.name] : [];
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
    default:
      return [];
  }
}

function nameOf(node: unknown): string {
  const { name, value } = node as { readonly name?: string; readonly value?: string };
  return name ?? value ?? '';
}

export function textOf({ text }: SourceText, { start, end }: Span): string {
  return text.slice(start, end);
}

/** The docstring that ends where a node begins, without its asterisks; empty if there is none. */
export function docstringBefore({ text, comments }: SourceText, start: number): string {
  const comment = comments.findLast(
    ({ end, value }) => end <= start && value.startsWith('*') && text.slice(end, start).trim() === '',
  );
  return (comment?.value ?? '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*\s?/, ''))
    .join('\n')
    .trim();
}
