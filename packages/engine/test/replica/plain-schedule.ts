/**
 * The oracle's schedule: who runs on a replica, what a step computes, and who holds which blocks, one request after
 * another, as docs/model.md writes it down. Knows no seconds but those of copies.
 */
import type { ReplicaSpec, ReplicaStage } from '../../src/index.ts';
import type { KvReuse } from '../../src/replica/kv-reuse.ts';
import { type Block, PlainBlocks } from './plain-blocks.ts';
import { type Chunk, uncomputed, type Visit } from './plain-visit.ts';

/** What the oracle knows of a replica. */
export type PlainSpec = ReplicaSpec & KvReuse;

/** The new tokens of each request in a step. */
export type Step = ReadonlyMap<Visit, number>;

/** What a replica tells. */
export interface Told {
  /** Blocks that were asked for are held. */
  granted(visit: Visit, now: number): void;
  /** A step begins that computes this of a prompt for others to decode. */
  begins(visit: Visit, chunk: Chunk): void;
}

export class PlainSchedule {
  readonly spec: PlainSpec;
  readonly stage: ReplicaStage;
  /** Those that hold blocks have arrived with them. */
  readonly waiting: Visit[] = [];
  /** In order of admission. */
  readonly running: Visit[] = [];
  readonly kv: PlainBlocks;
  /** Want blocks for so many tokens of KV that is to come, first come first served. */
  readonly line: { readonly visit: Visit; readonly tokens: number }[] = [];
  /** Blocks held for KV on its way, by id. */
  readonly held = new Map<number, Block[]>();
  /** Blocks free on the host. */
  host_blocks: number;
  /** Bytes of each copy between host and GPU. */
  readonly copies: { readonly at_s: number; readonly way: 'out' | 'in'; readonly bytes: number }[] = [];
  /** Tokens of prompts, and those of them found in the cache, of requests admitted for the first time. */
  readonly admissions: { readonly at_s: number; readonly prompt: number; readonly hit: number }[] = [];
  /** When it preempted, once for each request. */
  readonly preemptions_s: number[] = [];
  /** With asynchronous scheduling: who has nothing left to compute once the step under way ends. */
  finishing: ReadonlySet<Visit> = new Set();
  /** Seconds that copies take before the next step computes. */
  protected copy_s = 0;
  protected readonly told: Told;

  constructor(spec: PlainSpec, stage: ReplicaStage, told: Told) {
    this.spec = spec;
    this.stage = stage;
    this.kv = new PlainBlocks(spec.num_gpu_blocks ?? Number.POSITIVE_INFINITY);
    this.host_blocks = spec.host_blocks ?? Number.POSITIVE_INFINITY;
    this.told = told;
  }

  /** Blocks that nobody uses, cached or not. */
  get free_blocks(): number {
    return this.kv.free + this.kv.idle.length;
  }

  blocksFor(tokens: number): number {
    return Math.ceil(tokens / this.spec.block_size);
  }

  /** Whether it could ever run here. */
  fits({ prompt_tokens, output_tokens }: Visit): boolean {
    const most = this.stage === 'prefill' ? prompt_tokens : prompt_tokens + output_tokens - 1;
    return this.blocksFor(most) <= (this.spec.num_gpu_blocks ?? Number.POSITIVE_INFINITY);
  }

  returnBlocks(visit: Visit): void {
    this.kv.giveBack(visit.blocks);
    visit.blocks = [];
  }

  /** A request whose KV is to come wants the blocks of its first decode step, of `tokens` in all. */
  ask(visit: Visit, tokens: number, now: number): void {
    this.line.push({ visit, tokens });
    if (this.line.length === 1) this.#grant(now);
  }

  /** The blocks held for a request that arrives, none if it did not ask. */
  takeHeld(id: number): Block[] {
    const blocks = this.held.get(id) ?? [];
    this.held.delete(id);
    return blocks;
  }

  protected schedule(now: number): { step: Step; preempted: boolean } {
    const step = new Map<Visit, number>();
    let budget = this.spec.max_num_batched_tokens;
    let preempted = false;

    for (const visit of [...this.running]) {
      if (budget === 0) break;
      if (!this.running.includes(visit)) break;
      if (this.finishing.has(visit)) continue;
      const tokens = Math.min(uncomputed(visit), budget);
      while (!this.#giveBlocks(visit, [], tokens)) {
        preempted = true;
        if (this.#preemptLast(now) === visit) break;
      }
      if (!this.running.includes(visit)) break;
      this.#name(visit, tokens);
      step.set(visit, tokens);
      budget -= tokens;
    }
    if (preempted) return { step, preempted };

    for (const visit of this.#inTurn()) {
      if (budget === 0 || this.running.length === this.spec.max_num_seqs) break;
      const tokens = this.#admit(visit, budget, now);
      if (tokens === 0) break;
      step.set(visit, tokens);
      budget -= tokens;
    }
    this.#grant(now);
    return { step, preempted };
  }

  /** Who waits, those that hold blocks first. */
  #inTurn(): Visit[] {
    const holds = ({ blocks }: Visit): boolean => blocks.length > 0;
    return [...this.waiting.filter(holds), ...this.waiting.filter((visit) => !holds(visit))];
  }

  /** Lets a request run that fits into the step; says how many tokens of it. */
  #admit(visit: Visit, budget: number, now: number): number {
    const cached = this.#cachedPrefix(visit);
    const hit = cached.length * this.spec.block_size;
    if (!this.spec.enable_chunked_prefill && uncomputed(visit) - hit > budget) return 0;
    const tokens = Math.min(uncomputed(visit) - hit, budget);
    if (!this.#giveBlocks(visit, cached, hit + tokens)) return 0;
    if (visit.computed === 0) visit.lost_chunks.push(...visit.chunks.splice(0));
    visit.computed += hit;
    this.#bringIn(visit, now);
    this.waiting.splice(this.waiting.indexOf(visit), 1);
    this.running.push(visit);
    if (Number.isNaN(visit.scheduled_s)) {
      visit.scheduled_s = now;
      this.admissions.push({ at_s: now, prompt: visit.prompt_tokens, hit });
    }
    this.#name(visit, tokens);
    return tokens;
  }

  /** Gives blocks to the line while they last, once nobody waits here without. */
  #grant(now: number): void {
    for (let [first] = this.line; first !== undefined; [first] = this.line) {
      if (this.waiting.some(({ blocks }) => blocks.length === 0)) return;
      const blocks = this.blocksFor(first.tokens);
      if (blocks > this.free_blocks) return;
      this.held.set(first.visit.id, this.kv.take([], blocks));
      this.line.shift();
      this.told.granted(first.visit, now);
    }
  }

  /** The cached blocks that a request which has nothing begins with, leaving a token to compute. */
  #cachedPrefix({ computed, prompt_tokens, generated, names }: Visit): Block[] {
    if (this.spec.enable_prefix_caching !== true || computed > 0) return [];
    const most = Math.floor((prompt_tokens + generated - 1) / this.spec.block_size);
    return this.kv.cached(names.slice(0, most));
  }

  /** Cached blocks, and new ones for all else that will be computed; false when they are lacking. */
  #giveBlocks(visit: Visit, cached: readonly Block[], tokens: number): boolean {
    const lacking = this.blocksFor(visit.computed + tokens) - visit.blocks.length - cached.length;
    if (lacking > this.kv.room(cached)) return false;
    visit.blocks.push(...this.kv.take(cached, lacking));
    return true;
  }

  /** Blocks that `tokens` more tokens fill are in the cache from now on. */
  #name({ blocks, names, computed }: Visit, tokens: number): void {
    if (this.spec.enable_prefix_caching !== true) return;
    const { block_size } = this.spec;
    const full = Math.min(Math.floor((computed + tokens) / block_size), names.length);
    for (let index = Math.floor(computed / block_size); index < full; index++) {
      const [block, name] = [blocks[index], names[index]];
      if (block !== undefined && name !== undefined) this.kv.name(block, name);
    }
  }

  #preemptLast(now: number): Visit {
    const visit = this.running.findLast((each) => !this.finishing.has(each));
    if (visit === undefined) throw new Error('nobody is left to preempt');
    this.running.splice(this.running.indexOf(visit), 1);
    this.returnBlocks(visit);
    if (!this.#takeOut(visit, now)) visit.computed = 0;
    this.preemptions_s.push(now);
    // Of a request they count where tokens are produced.
    if (this.stage !== 'prefill') visit.preemptions++;
    this.waiting.unshift(visit);
    return visit;
  }

  /** Moves a request to the host if it may and there is room. */
  #takeOut(visit: Visit, now: number): boolean {
    const blocks = this.blocksFor(visit.computed);
    if (this.spec.preemption !== 'swap' || blocks > this.host_blocks) return false;
    this.host_blocks -= blocks;
    visit.swapped = blocks;
    this.#copy('out', blocks, now);
    return true;
  }

  #bringIn(visit: Visit, now: number): void {
    if (visit.swapped === 0) return;
    this.host_blocks += visit.swapped;
    this.#copy('in', visit.swapped, now);
    visit.swapped = 0;
  }

  #copy(way: 'out' | 'in', blocks: number, at_s: number): void {
    const { host_link, block_size } = this.spec;
    if (host_link === undefined) throw new Error('there is no link to the host');
    const bytes = blocks * block_size * host_link.kv_bytes_per_token;
    this.copy_s += (host_link.latency_s ?? 0) + bytes / host_link.bandwidth_bytes_per_s;
    this.copies.push({ at_s, way, bytes });
  }
}
