export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** CSS pixels; `x` to the right, `y` down. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
