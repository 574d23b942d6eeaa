import type { OutputKind } from '../../model/output-kinds.ts';
import type { Settings } from '../../settings/options.ts';

/** Whether a build writes files with their usual names, and a report: a check does not, nor a build of a named file only. */
export function writesReport(
  { only }: Pick<Settings, 'only'>,
  { isDry, usual = only }: { readonly isDry?: boolean; readonly usual?: readonly OutputKind[] | undefined },
): boolean {
  return !isDry && usual.length > 0;
}
