import * as z from 'zod';
import { isGiven, type Row } from '../../src/settings/option-row.ts';
import { OPTION_ROWS } from '../../src/settings/options.ts';

type Json = Record<string, unknown>;

const LIST = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };

/** What an option takes in a configuration file. */
function valueSchema({ schema, type, help, default: usual }: Row): Json {
  const { $schema: _, ...own } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  // What becomes a list in the program may be one text, with commas or spaces in it, in a file.
  const value = type === 'list' ? LIST : own;
  const isNone = usual === undefined || type === 'map';
  return { ...value, description: help, ...(isNone ? {} : { default: usual }) };
}

/** The JSON schema of `deckhand.config.json`, and of the same in YAML. */
export function configSchema(): string {
  const properties: Json = { $schema: { type: 'string' } };
  for (const [name, row] of OPTION_ROWS) {
    if (!isGiven(row, 'configuration file')) continue;
    const [group = '', own] = name.split('.');
    if (own === undefined) properties[group] = valueSchema(row);
    else {
      const { properties: others = {} } = (properties[group] ?? {}) as { readonly properties?: Json };
      properties[group] = {
        type: 'object',
        additionalProperties: false,
        properties: { ...others, [own]: valueSchema(row) },
      };
    }
  }
  const schema = {
    title: 'The configuration of Deckhand',
    description: 'deckhand.config.json, or deckhand.config.yaml, in the folder where deckhand is started.',
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    properties,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
