import { type Diagnostic, diagnostic } from '../../../../model/diagnostics.ts';
import type { AskedKeys } from './asked-keys.ts';

/** What to say of programs that a deck names: nothing of a project is run on its own wish. */
export function programDiagnostics({ keys, placeOf, sourceOf }: AskedKeys): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const { preprocessor, scripts = [] } = keys;
  if (preprocessor !== undefined && sourceOf('preprocessor') !== 'command line') {
    diagnostics.push(
      diagnostic(
        'FRONT_MATTER_IGNORED_KEY',
        `the preprocessor ${preprocessor} is not run: slides are printed as they are before it`,
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
        `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not run: what scripts change on slides is not on paper`,
        placeOf('scripts'),
        'nothing to do if the printed slides look right; else write into the Markdown what the script makes',
      ),
    );
  }
  return diagnostics;
}
