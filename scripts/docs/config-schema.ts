import * as z from 'zod';
import { isGiven, type Row } from '../../src/settings/option-row.ts';
import { OPTION_ROWS } from '../../src/settings/options.ts';

type Json = Record<string, unknown>;

const LIST = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };

/** The values that an option takes in a configuration file. */
function valueSchema({ schema, type, help, default: usual }: Row): Json {
  const { $schema: _, ...own } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  // In a file, a list may also be written as one string with commas or spaces.
  const value = type === 'list' ? LIST : own;
  const isNone = usual === undefined || type === 'map';
  return { ...value, description: help, ...(isNone ? {} : { default: usual }) };
}

/** The JSON schema of `deckhand.config.json`, and of its YAML form. */
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
