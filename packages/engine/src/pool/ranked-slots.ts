/**
 * A queue of request slots in the order of a policy: a binary heap on (rank, turn of joining).
 * Knows no GPUs.
 */
import { given } from '../given.ts';
import type { QueueOrder, WaitingRequest } from '../policies/queue-order.ts';
import type { RequestSlot, RequestTable } from '../records/request-table.ts';

interface Place {
  readonly rank: number;
  readonly turn: number;
  readonly slot: RequestSlot;
}

export class RankedSlots {
  readonly #pool: string;
  readonly #order: QueueOrder;
  readonly #requests: RequestTable;
  readonly #now: () => number;
  readonly #heap: Place[] = [];
  readonly #asked = {
    id: 0,
    arrival_s: 0,
    queued_s: 0,
    prompt_tokens: 0,
    session: -1,
  } satisfies WaitingRequest;
  #turn = 0;

  constructor(pool: string, order: QueueOrder, requests: RequestTable, now: () => number) {
    if (typeof order !== 'function') {
      throw new RangeError(
        `Pool ${pool}: order must be a policy such as shortestPromptFirst(), got ${given(order)}`,
      );
    }
    this.#pool = pool;
    this.#order = order;
    this.#requests = requests;
    this.#now = now;
  }

  get length(): number {
    return this.#heap.length;
  }

  /** @throws RangeError when the policy gives no number. */
  push(slot: RequestSlot): void {
    const place = { rank: this.#rankOf(slot), turn: this.#turn++, slot };
    let at = this.#heap.length;
    for (;;) {
      const parent = (at - 1) >> 1;
      const above = at === 0 ? undefined : this.#heap[parent];
      if (above === undefined || isBefore(above, place)) break;
      this.#heap[at] = above;
      at = parent;
    }
    this.#heap[at] = place;
  }

  /** Takes who is served next; call only when `length` > 0. */
  shift(): RequestSlot {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return 0;
    if (this.#heap.length > 0) this.#sink(last);
    return first.slot;
  }

  /** Finds the place of `last` from the top down. */
  #sink(last: Place): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const onLeft = heap[left];
      const onRight = heap[left + 1];
      const takesRight = onLeft !== undefined && onRight !== undefined && isBefore(onRight, onLeft);
      const below = takesRight ? onRight : onLeft;
      if (below === undefined || isBefore(last, below)) break;
      heap[at] = below;
      at = takesRight ? left + 1 : left;
    }
    heap[at] = last;
  }

  #rankOf(slot: RequestSlot): number {
    const { id, arrival_s, prompt_tokens, session } = this.#requests;
    this.#asked.id = id[slot] ?? 0;
    this.#asked.arrival_s = arrival_s[slot] ?? 0;
    this.#asked.queued_s = this.#now();
    this.#asked.prompt_tokens = prompt_tokens[slot] ?? 0;
    this.#asked.session = session[slot] ?? -1;
    const rank = this.#order(this.#asked);
    if (typeof rank === 'number' && !Number.isNaN(rank)) return rank;
    throw new RangeError(
      `Pool ${this.#pool}: order must give a number for each request, gave ${given(rank)}`,
    );
  }
}

function isBefore(a: Place, b: Place): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.turn < b.turn);
}
