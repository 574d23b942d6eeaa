import type { Layout, OnPaper } from '../../model/model.ts';

/** Where slides are on pages of the size that was asked for: as large as these allow, in the middle, as Chromium fits pages to paper. */
export function onPaper({ size, printSize }: Pick<Layout, 'size' | 'printSize'>): OnPaper | undefined {
  if (printSize === undefined) return undefined;
  const scale = Math.min(printSize.widthPx / size.widthPx, printSize.heightPx / size.heightPx);
  return {
    scale,
    x: (printSize.widthPx - size.widthPx * scale) / 2,
    y: (printSize.heightPx - size.heightPx * scale) / 2,
  };
}
