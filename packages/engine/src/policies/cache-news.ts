/**
 * What a router has been told of the prefix caches of its replicas: which blocks each has stored and dropped, as of
 * the last multiple of refresh_s. Knows no policy and no blocks but their keys.
 *
 * No snapshot is ever taken of a whole cache: what has changed since is kept, and forgotten at the next.
 */
import type { RequestSlot } from '../records/request-table.ts';
import { snapshotsBy } from './snapshots.ts';

/** A replica whose cache makes news. */
export interface NewsSource {
  watchCache(watcher: (key: number, stored: boolean) => void): void;
  trimCache(instant: number): void;
  cachedTokens(slot: RequestSlot, changed: ReadonlyMap<number, boolean>): number;
}

const NOTHING: ReadonlyMap<number, boolean> = new Map();

export class CacheNews {
  readonly #sources: readonly NewsSource[];
  readonly #refresh_s: number;
  /** By replica: whether each key that has changed since the snapshot was there at it. */
  readonly #changed: readonly Map<number, boolean>[];
  /** By replica: the number of that snapshot. */
  readonly #shown: Float64Array;

  /** `refresh_s` 0: what happens is told at once. */
  constructor(sources: readonly NewsSource[], refresh_s: number) {
    this.#sources = sources;
    this.#refresh_s = refresh_s;
    this.#shown = new Float64Array(sources.length);
    this.#changed = sources.map(() => new Map());
    if (refresh_s === 0) return;
    for (const [at, source] of sources.entries()) {
      const changed = this.#changed[at];
      source.watchCache((key, stored) => {
        if (changed !== undefined && !changed.has(key)) changed.set(key, !stored);
      });
    }
  }

  /** Takes the snapshot that is due at `now`; call before the cache of `replica` changes. */
  settle(replica: number, now: number): void {
    if (this.#refresh_s === 0) return;
    const due = snapshotsBy(now, this.#refresh_s);
    if (due === this.#shown[replica]) return;
    this.#sources[replica]?.trimCache(due * this.#refresh_s);
    this.#shown[replica] = due;
    this.#changed[replica]?.clear();
  }

  /** Tokens of the prompt of `slot` that `replica` is known to have. */
  cachedTokens(replica: number, slot: RequestSlot, now: number): number {
    this.settle(replica, now);
    const source = this.#sources[replica];
    if (this.#refresh_s === 0) source?.trimCache(now);
    return source?.cachedTokens(slot, this.#changed[replica] ?? NOTHING) ?? 0;
  }
}
