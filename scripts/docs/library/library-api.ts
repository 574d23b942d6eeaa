import { join } from 'node:path';
import type {
  Class,
  Function as FunctionNode,
  TSInterfaceDeclaration,
  TSTypeAliasDeclaration,
} from '@oxc-project/types';
import { tableOf, tableText } from '../table.ts';
import {
  declarationOf,
  docstringBefore,
  type Exported,
  exportsOf,
  type SourceText,
  textOf,
} from './declarations.ts';
import { oneLine, parseDocstring } from './docstring.ts';

/** Types whose members are described elsewhere, or not at all. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  BrowserSession: 'Comes from `withSession`, and goes to `build` and `check`. Its members are internal.',
  Config: 'The keys, values and defaults are those of a [configuration file](configuration.md#options).',
  DiagnosticCode: 'One of the codes listed in [Troubleshooting](troubleshooting.md).',
};

/** The functions and types of the package, from the docstrings of its source. */
export function libraryApi(root: string): string {
  const all = exportsOf(join(root, 'src/index.ts'));
  const isValue = ({ declaration }: Exported): boolean => !declaration.type.startsWith('TS');
  // First the functions of the entry itself, then re-exports.
  const isOwn = ({ source }: Exported): number => (source.file.endsWith('src/index.ts') ? 0 : 1);
  const values = all
    .filter(isValue)
    .sort((a, b) => isOwn(a) - isOwn(b))
    .map(section);
  const types = all
    .filter((one) => !isValue(one))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .map(section);
  return ['## Functions and values', ...values, '## Types', ...types].join('\n\n');
}

function section(exported: Exported): string {
  const { name, source, declaration, start } = exported;
  const docstring = parseDocstring(docstringBefore(source, start));
  const { params, returns, throws } = docstring;
  const summary = docstring.summary || (returns ? `Returns ${returns}` : '');
  if (summary === '') throw new Error(`${source.file}: ${name} is public and has no docstring`);
  const isFunction = declaration.type === 'FunctionDeclaration';
  const elsewhere = ELSEWHERE[name];
  const lists = [
    ...params.map((text) => `- ${text.replace(/^(\S+)(?: -)?/, '`$1`:')}`),
    ...(returns ? [`- **Returns** ${returns}`] : []),
    ...throws.map((text) => `- **Throws** ${text.replace(/^(\S+)/, '`$1`')}`),
  ];
  return [
    `### ${name}${isFunction ? '()' : ''}`,
    summary,
    ...(elsewhere ? [elsewhere] : [details(exported)]),
    ...(lists.length > 0 ? [lists.join('\n')] : []),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function details({ name, source, declaration }: Exported): string {
  switch (declaration.type) {
    case 'FunctionDeclaration':
      return signature(declaration, source);
    case 'TSInterfaceDeclaration':
      return membersTable(declaration, source);
    case 'TSTypeAliasDeclaration':
      return aliasText(declaration, source);
    case 'ClassDeclaration':
      return classTable(declaration, source);
    case 'VariableDeclaration': {
      const init = declaration.declarations.find(
        ({ id }) => id.type === 'Identifier' && id.name === name,
      )?.init;
      return init ? fenced(`const ${name} = ${textOf(source, init)};`) : '';
    }
    default:
      return '';
  }
}

function signature(
  { id, params, returnType, typeParameters, end, body }: FunctionNode,
  source: SourceText,
): string {
  const list = params
    .map((one) => {
      if (one.type !== 'AssignmentPattern') return textOf(source, one);
      return textOf(source, one.left).replace(':', '?:');
    })
    .map(oneLine);
  const result = returnType ? textOf(source, returnType) : textOf(source, { start: body?.start ?? end, end });
  const generic = typeParameters ? textOf(source, typeParameters) : '';
  const short = `function ${id?.name}${generic}(${list.join(', ')})${result};`;
  return fenced(
    short.length <= 100 ? short : `function ${id?.name}${generic}(\n  ${list.join(',\n  ')},\n)${result};`,
  );
}

/** Members of extended interfaces come first: readers need not know that these exist. */
function memberRows({ body, extends: bases }: TSInterfaceDeclaration, source: SourceText): string[][] {
  const inherited = bases.flatMap(({ expression }) => {
    const base = declarationOf(textOf(source, expression), source.file);
    return base.declaration.type === 'TSInterfaceDeclaration'
      ? memberRows(base.declaration, base.source)
      : [];
  });
  const own = body.body.flatMap((member) => {
    const type =
      'typeAnnotation' in member ? member.typeAnnotation : 'returnType' in member ? member.returnType : null;
    if (!('key' in member) || !type) return [];
    const shown = `${textOf(source, member.key)}${member.optional ? '?' : ''}`;
    const docstring = docstringBefore(source, member.start);
    if (docstring === '') throw new Error(`${source.file}: ${shown} is public and has no docstring`);
    return [row(shown, textOf(source, type), docstring)];
  });
  return [...inherited, ...own];
}

function row(name: string, type: string, docstring: string): string[] {
  const { summary } = parseDocstring(docstring);
  const shownType = oneLine(type.replace(/^:/, '')).replaceAll('|', '\\|');
  return [`\`${name}\``, `\`${shownType}\``, tableText(summary)];
}

function membersTable(declaration: TSInterfaceDeclaration, source: SourceText): string {
  return tableOf(['member', 'type', ''], memberRows(declaration, source));
}

function classTable({ body, superClass }: Class, source: SourceText): string {
  const rows = body.body.flatMap((member) => {
    if (member.type !== 'PropertyDefinition' || !member.typeAnnotation) return [];
    const docstring = docstringBefore(source, member.start);
    return [row(textOf(source, member.key), textOf(source, member.typeAnnotation), docstring)];
  });
  const base = superClass ? `Extends \`${textOf(source, superClass)}\`.\n\n` : '';
  return base + tableOf(['member', 'type', ''], rows);
}

/** A union is listed with the docstring of each of its members. */
function aliasText({ typeAnnotation }: TSTypeAliasDeclaration, source: SourceText): string {
  const members = typeAnnotation.type === 'TSUnionType' ? typeAnnotation.types : [];
  const docstrings = members.map(({ start }) => docstringBefore(source, text0(source, start)));
  if (docstrings.every((one) => one === '')) return fenced(textOf(source, typeAnnotation));
  return tableOf(
    ['member', ''],
    members.map((member, i) => {
      const [, type = '', description = ''] = row('', textOf(source, member), docstrings[i] ?? '');
      return [type, description];
    }),
  );
}

/** Position of the `|` before a member of a union. */
function text0({ text }: SourceText, start: number): number {
  const before = text.slice(0, start).trimEnd();
  return before.endsWith('|') ? before.length - 1 : start;
}

function fenced(code: string): string {
  return ['```ts', code, '```'].join('\n');
}
