/**
 * The prefix cache of a replica: which KV blocks have a name, who uses each, and which of those that nobody uses go
 * first. Knows no schedule and does not count free blocks: a block that nobody uses may be taken for something else at
 * any time, so the replica counts it as free, and says with `shrinkTo` how many of them can still be kept.
 */
import type { RequestSlot } from '../records/request-table.ts';
import { widened } from '../records/widened.ts';
import type { PrefixKeys } from './prefix-keys.ts';

/** Told that the block named `key` is in the cache from now on, or no more. */
export type CacheWatcher = (key: number, stored: boolean) => void;

const NONE = -1;

export class PrefixCache {
  /** Blocks in the cache that nobody uses. */
  idle = 0;
  /** Of the blocks matched last: how many, and how many of them nobody uses. */
  matched = 0;
  matchedIdle = 0;

  readonly #keys: PrefixKeys;
  readonly #entries = new Map<number, number>();
  readonly #held = new Map<RequestSlot, number[]>();
  readonly #match: number[] = [];
  /** By entry: its name, its users, and its neighbours among the idle, oldest first. */
  #key = new Float64Array(64);
  #users = new Int32Array(64);
  #older = new Int32Array(64);
  #newer = new Int32Array(64);
  #oldest = NONE;
  #newest = NONE;
  #used = 0;
  readonly #free: number[] = [];
  #watcher: CacheWatcher | null = null;

  constructor(keys: PrefixKeys) {
    this.#keys = keys;
  }

  watch(watcher: CacheWatcher): void {
    this.#watcher = watcher;
  }

  /** Drops the least recently used idle blocks until at most `room` are left. */
  shrinkTo(room: number): void {
    while (this.idle > room) {
      const entry = this.#oldest;
      this.#unlink(entry);
      const key = this.#key[entry] ?? 0;
      this.#entries.delete(key);
      this.#free.push(entry);
      this.#watcher?.(key, false);
    }
  }

  /**
   * The blocks of request `id`'s longest prefix, of at most `most` tokens, that was in the cache before `changed`: for
   * each key whose presence has changed since, whether it was there.
   */
  before(changed: ReadonlyMap<number, boolean>, id: number, most: number): number {
    const last = this.#keys.count(id, most);
    let found = 0;
    for (; found < last; found++) {
      const key = this.#keys.key(id, found);
      if (!(changed.get(key) ?? this.#entries.has(key))) break;
    }
    return found;
  }

  /** Finds the longest cached prefix of request `id`, of at most `most` tokens of its prompt; returns its blocks. */
  match(id: number, most: number): number {
    const last = this.#keys.count(id, most);
    const match = this.#match;
    this.matched = 0;
    this.matchedIdle = 0;
    while (this.matched < last) {
      const entry = this.#entries.get(this.#keys.key(id, this.matched));
      if (entry === undefined) break;
      if (this.#users[entry] === 0) this.matchedIdle++;
      match[this.matched++] = entry;
    }
    return this.matched;
  }

  /** `slot` uses the blocks matched last. */
  claim(slot: RequestSlot): void {
    const held: number[] = [];
    for (let index = 0; index < this.matched; index++) {
      const entry = this.#match[index] ?? NONE;
      const users = this.#users[entry] ?? 0;
      if (users === 0) this.#unlink(entry);
      this.#users[entry] = users + 1;
      held.push(entry);
    }
    this.#held.set(slot, held);
  }

  /**
   * `slot`, request `id`, computes its tokens from `before` to `after`: the blocks that are then full and have a name
   * are in the cache, but for second copies of what is there already.
   */
  store(slot: RequestSlot, id: number, before: number, after: number): void {
    const first = this.#keys.count(id, before);
    const last = this.#keys.count(id, after);
    if (first >= last) return;
    let held = this.#held.get(slot);
    if (held === undefined) {
      held = [];
      this.#held.set(slot, held);
    }
    for (let index = first; index < last; index++) {
      const key = this.#keys.key(id, index);
      if (this.#entries.has(key)) continue;
      const entry = this.#free.pop() ?? this.#used++;
      if (entry === this.#users.length) this.#grow();
      this.#key[entry] = key;
      this.#users[entry] = 1;
      this.#entries.set(key, entry);
      held.push(entry);
      this.#watcher?.(key, true);
    }
  }

  /**
   * `slot` lets its blocks go, the last of its prefix first, so that beginnings are kept longest. Returns how many of
   * them others still use.
   */
  release(slot: RequestSlot): number {
    const held = this.#held.get(slot);
    if (held === undefined) return 0;
    this.#held.delete(slot);
    let shared = 0;
    for (let index = held.length - 1; index >= 0; index--) {
      const entry = held[index] ?? NONE;
      const users = (this.#users[entry] ?? 0) - 1;
      this.#users[entry] = users;
      if (users === 0) this.#append(entry);
      else shared++;
    }
    return shared;
  }

  #append(entry: number): void {
    this.#older[entry] = this.#newest;
    this.#newer[entry] = NONE;
    if (this.#newest === NONE) this.#oldest = entry;
    else this.#newer[this.#newest] = entry;
    this.#newest = entry;
    this.idle++;
  }

  #unlink(entry: number): void {
    const older = this.#older[entry] ?? NONE;
    const newer = this.#newer[entry] ?? NONE;
    if (older === NONE) this.#oldest = newer;
    else this.#newer[older] = newer;
    if (newer === NONE) this.#newest = older;
    else this.#older[newer] = older;
    this.idle--;
  }

  #grow(): void {
    const rows = 2 * this.#users.length;
    this.#key = widened(this.#key, new Float64Array(rows));
    this.#users = widened(this.#users, new Int32Array(rows));
    this.#older = widened(this.#older, new Int32Array(rows));
    this.#newer = widened(this.#newer, new Int32Array(rows));
  }
}
