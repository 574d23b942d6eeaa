import JSON5 from 'json5';
import { properties } from '../keys/object-literal.ts';

/** The options for reveal.js in the scripts of a page, as far as they can be read without running them. */
export interface StaticOptions {
  readonly options: Readonly<Record<string, unknown>>;
  /** Options of reveal.js whose values are not constants. */
  readonly unread: readonly string[];
}

/** Options whose values are code on any page, and do not matter for print. */
const PROGRAMS = ['plugins', 'dependencies', 'keyboard', 'keyboardCondition', 'highlight'];

/** Where options begin: the argument of `Reveal.initialize`, or a variable whose name suggests options. */
const BEGIN =
  /\bReveal(?:\.default)?\.(?:initialize|configure)\s*\(\s*(?=\{)|\b(?:var|let|const)\s+\w*(?:options?|config\w*|settings|defaults)\s*=\s*(?=\{)/gi;

/** Reads the object literals with options of reveal.js in a script: those values that are constants. */
export function staticOptions(script: string): StaticOptions {
  const options: Record<string, unknown> = {};
  const unread: string[] = [];
  for (const { index, 0: opening } of script.matchAll(BEGIN)) {
    for (const { key, valueFrom, valueTo } of properties(script, index + opening.length)) {
      const written = script
        .slice(valueFrom, valueTo)
        .replace(/\/\/[^\n]*$/, '')
        .trim();
      const value = constant(written);
      if (value !== undefined && key !== '__proto__') options[key] = value;
      else if (!PROGRAMS.includes(key)) unread.push(key);
    }
  }
  return { options, unread };
}

function constant(written: string): unknown {
  try {
    return JSON5.parse(written);
  } catch {
    return undefined;
  }
}
