import { encode } from 'uqr';

/** Light modules around the symbol: ISO/IEC 18004, 6.3.8. */
const QUIET_ZONE = 4;
/** 117 modules per side. A larger symbol would need more paper than a slide has room for. */
const MAX_VERSION = 25;

/**
 * A QR code (ISO/IEC 18004), black on white, as an inline SVG without a size: its `viewBox` counts modules, including the
 * quiet zone. Error correction is M, or better if that costs no module.
 *
 * @returns undefined if the text is too long: more than about a thousand bytes.
 */
export function qrSvg(text: string): string | undefined {
  const modules = modulesOf(text);
  if (!modules) return undefined;
  const side = modules.length;
  // One path, so that it is printed as one shape, without hairlines between modules.
  const path = modules.flatMap((row, y) => darkRuns(row).map(([x, length]) => bar(x, y, length))).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}">` +
    `<path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/><path fill="#000" d="${path}"/></svg>`
  );
}

function modulesOf(text: string): boolean[][] | undefined {
  try {
    return encode(text, { ecc: 'M', boostEcc: true, border: QUIET_ZONE, maxVersion: MAX_VERSION }).data;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function bar(x: number, y: number, length: number): string {
  return `M${x} ${y}h${length}v1h-${length}z`;
}

/** Start and length of each run of dark modules in a row. */
function darkRuns(row: readonly boolean[]): [x: number, length: number][] {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
}
