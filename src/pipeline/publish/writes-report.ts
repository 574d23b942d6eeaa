import type { OutputKind } from '../../model/output-kinds.ts';
import type { Settings } from '../../settings/options.ts';

/** Whether a build writes what has a usual name, and a report: a dry one and one for a named file alone do not. */
export function writesReport(
  { only }: Pick<Settings, 'only'>,
  { isDry, usual = only }: { readonly isDry?: boolean; readonly usual?: readonly OutputKind[] | undefined },
): boolean {
  return !isDry && usual.length > 0;
}
