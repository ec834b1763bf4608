/**
 * The oracle's KV blocks, as objects: free ones are a number, cached ones that nobody uses a list, oldest first.
 * Knows no requests.
 */
export interface Block {
  /** What it is called in the cache, null outside it. */
  name: string | null;
  users: number;
}

export class PlainBlocks {
  /** Neither used nor cached. */
  free: number;
  /** Cached and used by nobody, the one used longest ago first. */
  readonly idle: Block[] = [];
  readonly #named = new Map<string, Block>();

  constructor(blocks: number) {
    this.free = blocks;
  }

  /** Names in the cache. */
  get names(): ReadonlySet<string> {
    return new Set(this.#named.keys());
  }

  /** The blocks of the first names, up to the first that is not cached. */
  cached(names: readonly string[]): Block[] {
    const found: Block[] = [];
    for (const name of names) {
      const block = this.#named.get(name);
      if (block === undefined) break;
      found.push(block);
    }
    return found;
  }

  /** Blocks that can be taken beside those. */
  room(cached: readonly Block[]): number {
    return this.free + this.idle.length - cached.filter(({ users }) => users === 0).length;
  }

  /** Cached blocks and so many new ones, dropping the oldest idle ones where none is free. */
  take(cached: readonly Block[], fresh: number): Block[] {
    for (const block of cached) {
      if (block.users === 0) this.idle.splice(this.idle.indexOf(block), 1);
      block.users++;
    }
    const taken = [...cached];
    for (let count = 0; count < fresh; count++) {
      if (this.free === 0) {
        const oldest = this.idle.shift();
        if (oldest?.name == null) throw new Error('no block is left');
        this.#named.delete(oldest.name);
        oldest.name = null;
        this.free++;
      }
      this.free--;
      taken.push({ name: null, users: 1 });
    }
    return taken;
  }

  /** A block that has been filled is cached, but for a second copy. */
  name(block: Block, name: string): void {
    if (block.name !== null || this.#named.has(name)) return;
    block.name = name;
    this.#named.set(name, block);
  }

  /** A request lets its blocks go, the last first. */
  giveBack(blocks: readonly Block[]): void {
    for (const block of blocks.toReversed()) {
      block.users--;
      if (block.users > 0) continue;
      if (block.name === null) this.free++;
      else this.idle.push(block);
    }
  }
}
