/**
 * What a link carried inside the measurement window: bytes, transfers, and how many were under way on average.
 * Knows no requests and no way of sharing: it is told which bytes move when.
 */

/** Bytes that move at a constant rate. */
interface Piece {
  readonly bytes: number;
  readonly from_s: number;
  readonly to_s: number;
}

/** What a window saw of a link. */
export interface LinkUse {
  /** Transfers that ended. */
  readonly transfers: number;
  readonly bytes: number;
  /** Time average of the transfers under way. */
  readonly mean_transfers: number;
}

/** Pieces kept before those that are over are added up. */
const FEW = 64;

export class LinkMeter {
  readonly #from: number;
  #pieces: Piece[] = [];
  #most = FEW;
  #bytes = 0;
  #transfers = 0;
  #underWay = 0;
  #rate = 0;
  #area = 0;
  #last = 0;

  /** `from` opens the window, seconds. */
  constructor(from: number) {
    this.#from = from;
  }

  /** A transfer starts at `t`. */
  started(t: number): void {
    this.#advance(t);
    this.#underWay++;
  }

  /** A transfer ends at `t`. */
  ended(t: number): void {
    this.#advance(t);
    this.#underWay--;
    if (t >= this.#from) this.#transfers++;
  }

  /** All transfers together move so many bytes a second from `t` on. */
  flows(bytes_per_s: number, t: number): void {
    this.#advance(t);
    this.#rate = bytes_per_s;
  }

  /** `bytes` move evenly from one instant to another, which may both be still to come. */
  moves(bytes: number, from_s: number, to_s: number, now: number): void {
    this.#pieces.push({ bytes, from_s, to_s });
    if (this.#pieces.length <= this.#most) return;
    const moving: Piece[] = [];
    for (const piece of this.#pieces) {
      if (piece.to_s > now) moving.push(piece);
      else this.#bytes += within(piece, this.#from, now);
    }
    this.#pieces = moving;
    this.#most = FEW + 2 * moving.length;
  }

  /** Over [from, end); ends the measurement. */
  read(end: number): LinkUse {
    this.#advance(end);
    const window_s = end - this.#from;
    return {
      transfers: this.#transfers,
      bytes: this.#pieces.reduce((sum, piece) => sum + within(piece, this.#from, end), this.#bytes),
      mean_transfers: window_s > 0 ? this.#area / window_s : 0,
    };
  }

  #advance(t: number): void {
    const since = Math.max(this.#last, this.#from);
    if (t > since) {
      this.#area += (t - since) * this.#underWay;
      this.#bytes += (t - since) * this.#rate;
    }
    this.#last = t;
  }
}

/** The bytes of a piece between two instants. */
function within({ bytes, from_s, to_s }: Piece, from: number, to: number): number {
  if (from_s >= from && to_s <= to) return bytes;
  const seconds = Math.min(to, to_s) - Math.max(from, from_s);
  return seconds > 0 ? bytes * (seconds / (to_s - from_s)) : 0;
}
