/** How wide a terminal is. Knows no text. */

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Where a terminal does not say: it may be one that nobody has given a size, which calls itself 0 columns wide. */
const USUAL_COLUMNS = 80;

export function widthOf({ columns = 0 }: Terminal): number {
  return columns > 0 ? columns : USUAL_COLUMNS;
}
