import JSON5 from 'json5';
import { properties } from '../keys/object-literal.ts';

/** What the scripts of a page say to reveal.js, as far as it can be read without running them. */
export interface StaticOptions {
  readonly options: Readonly<Record<string, unknown>>;
  /** Options of reveal.js whose values only a program knows. */
  readonly unread: readonly string[];
}

/** Whose values are programs in any page, and say nothing of paper. */
const PROGRAMS = ['plugins', 'dependencies', 'keyboard', 'keyboardCondition', 'highlight'];

/** Where options begin: what `Reveal.initialize` gets, or a variable by whose name it is about options. */
const BEGIN =
  /\bReveal(?:\.default)?\.(?:initialize|configure)\s*\(\s*(?=\{)|\b(?:var|let|const)\s+\w*(?:options?|config\w*|settings|defaults)\s*=\s*(?=\{)/gi;

/** Reads the object literals in which a script has options of reveal.js: those of their values that are constants. */
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
