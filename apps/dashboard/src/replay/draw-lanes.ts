/**
 * Lanes and the requests in them on a canvas. Knows no time and no metric.
 */

export interface DrawnLane {
  readonly members: readonly number[];
  /** Places that are always there, null where there are as many as requests. */
  readonly places: number | null;
}

export interface ReplayColours {
  readonly place: string;
  /** One for each stage. */
  readonly stages: readonly string[];
}

export interface DotState {
  /** The position of its stage among all. */
  readonly stage: number;
  /** Whether its first token has come. */
  readonly answered: boolean;
  /** Whether its first token is or was later than the SLO. */
  readonly late: boolean;
}

const MOST_DOTS = 600;

/** Draws each lane as a column of dots, the first at the top left; the canvas is `width` × `height` CSS pixels. */
export function drawLanes(
  context: CanvasRenderingContext2D,
  { width, height }: { readonly width: number; readonly height: number },
  lanes: readonly DrawnLane[],
  stateOf: (id: number) => DotState,
  colours: ReplayColours,
): void {
  context.clearRect(0, 0, width, height);
  const laneWidth = width / Math.max(lanes.length, 1);
  for (const [index, { members, places }] of lanes.entries()) {
    const count = Math.min(Math.max(members.length, places ?? 0), MOST_DOTS);
    const size = dotSize(laneWidth - GAP, height, count);
    const columns = Math.max(1, Math.floor((laneWidth - GAP) / size));
    for (let place = 0; place < count; place++) {
      const x = index * laneWidth + (place % columns) * size + size / 2;
      const y = Math.floor(place / columns) * size + size / 2;
      const id = members[place];
      if (places !== null && place < places) outline(context, x, y, size, colours.place);
      if (id !== undefined) dot(context, x, y, size, stateOf(id), colours);
    }
  }
}

const GAP = 12;
const LARGEST = 28;

/** The largest dots that all fit. */
function dotSize(width: number, height: number, count: number): number {
  for (let size = LARGEST; size > 3; size--) {
    if (Math.floor(width / size) * Math.floor(height / size) >= count) return size;
  }
  return 3;
}

function outline(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.strokeRect(x - size / 2 + 1.5, y - size / 2 + 1.5, size - 3, size - 3);
}

/** The colour is that of the stage; late requests are diamonds and answered ones filled. */
function dot(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  { stage, answered, late }: DotState,
  colours: ReplayColours,
): void {
  const radius = Math.max(1, size / 2 - 3);
  const colour = colours.stages[stage] ?? colours.place;
  context.beginPath();
  if (late) {
    context.moveTo(x, y - radius);
    context.lineTo(x + radius, y);
    context.lineTo(x, y + radius);
    context.lineTo(x - radius, y);
    context.closePath();
  } else context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 1.5;
  if (answered) context.fill();
  context.stroke();
  context.lineWidth = 1;
}
