/**
 * Who is where at an instant of a replay; forward by single moves, backward from the start. Knows no drawing and no
 * time of the host.
 */
import { type ReplayEvents, STAGES, type Stage } from './replay-events.ts';

export class ReplayState {
  /** Moves made so far. */
  #position = 0;
  #time_s = 0;
  /** The requests in each stage, in the order they came. */
  #members = STAGES.map(() => new Set<number>());
  readonly #stageOf = new Map<number, number>();
  readonly #events: ReplayEvents;

  constructor(events: ReplayEvents) {
    this.#events = events;
  }

  get position(): number {
    return this.#position;
  }

  /** Virtual seconds. */
  get time_s(): number {
    return this.#time_s;
  }

  /** Requests that have left the system. */
  get gone(): number {
    return this.#members[STAGES.length - 1]?.size ?? 0;
  }

  /** The ids of those in a stage, in the order they came. */
  in(stage: Stage): ReadonlySet<number> {
    return this.#members[STAGES.indexOf(stage)] ?? new Set();
  }

  /** The place among the stages of a request that has arrived. */
  placeOf(id: number): number | undefined {
    return this.#stageOf.get(id);
  }

  /** To an instant: every move up to and at it has been made. */
  goTo(time_s: number): void {
    if (time_s < this.#time_s) this.#restart();
    while (this.#position < this.#events.length && (this.#events.time_s[this.#position] ?? 0) <= time_s) {
      this.#move();
    }
    this.#time_s = time_s;
  }

  /** To the next move; false when there is none. */
  step(): boolean {
    if (this.#position >= this.#events.length) return false;
    this.#time_s = this.#events.time_s[this.#position] ?? 0;
    this.#move();
    return true;
  }

  #move(): void {
    const id = this.#events.id[this.#position] ?? 0;
    const stage = this.#events.stage[this.#position] ?? 0;
    const before = this.#stageOf.get(id);
    if (before !== undefined) this.#members[before]?.delete(id);
    this.#members[stage]?.add(id);
    this.#stageOf.set(id, stage);
    this.#position++;
  }

  #restart(): void {
    this.#position = 0;
    this.#members = STAGES.map(() => new Set<number>());
    this.#stageOf.clear();
  }
}
