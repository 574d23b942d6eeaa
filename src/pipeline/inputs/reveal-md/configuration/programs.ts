import { type Diagnostic, diagnostic } from '../../../../model/diagnostics.ts';
import type { AskedKeys } from './asked-keys.ts';

/** The diagnostics for programs that a deck names: a project cannot have its programs run. */
export function programDiagnostics({ keys, placeOf, sourceOf }: AskedKeys): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const { preprocessor, scripts = [] } = keys;
  if (preprocessor !== undefined && sourceOf('preprocessor') !== 'command line') {
    diagnostics.push(
      diagnostic(
        'FRONT_MATTER_IGNORED_KEY',
        `the preprocessor ${preprocessor} is not run, so slides are printed without it`,
        placeOf('preprocessor'),
        `if you trust it, build with --preprocessor ${preprocessor}`,
      ),
    );
  }
  const names = scripts.flatMap((one) => one.split(',')).flatMap((one) => one.trim() || []);
  if (names.length > 0) {
    diagnostics.push(
      diagnostic(
        'FRONT_MATTER_IGNORED_KEY',
        `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not run, so what scripts change on slides is not printed`,
        placeOf('scripts'),
        'you need not do anything if the printed slides look right; otherwise write the result of the script into the Markdown',
      ),
    );
  }
  return diagnostics;
}
