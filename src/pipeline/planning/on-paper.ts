import type { Layout, OnPaper } from '../../model/model.ts';

/**
 * The positions of slides on pages of the selected size: as large as possible and centered, as Chromium fits pages to paper.
 */
export function onPaper({ size, printSize }: Pick<Layout, 'size' | 'printSize'>): OnPaper | undefined {
  if (printSize === undefined) return undefined;
  const scale = Math.min(printSize.widthPx / size.widthPx, printSize.heightPx / size.heightPx);
  return {
    scale,
    x: (printSize.widthPx - size.widthPx * scale) / 2,
    y: (printSize.heightPx - size.heightPx * scale) / 2,
  };
}
