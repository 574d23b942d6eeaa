/** Stops the parser; its message completes the sentence `the SVG …`. */
export class SvgFault extends Error {
  override readonly name = 'SvgFault';
}
