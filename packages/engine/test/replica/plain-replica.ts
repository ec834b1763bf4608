/**
 * The oracle's replica: one engine step after another, one request after another, as docs/model.md writes it down.
 * Nothing is skipped, summed ahead or kept sorted. Knows no other replica and no transfers.
 */
import type { ReplicaSpec, ReplicaStage } from '../../src/index.ts';
import type { KvReuse } from '../../src/replica/kv-reuse.ts';
import { type Block, PlainBlocks } from './plain-blocks.ts';

/** What the oracle knows of a replica. */
export type PlainSpec = ReplicaSpec & KvReuse;

/** One request at one replica. */
export interface Visit {
  readonly id: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  /** The prompt's KV came with it: its first step here decodes. */
  readonly arrived_with_kv: boolean;
  /** Tokens whose KV is in the cache. */
  computed: number;
  /** Output tokens produced. */
  generated: number;
  /** What its KV blocks are called, from the first on, as far as they have a name. */
  readonly names: readonly string[];
  /** KV blocks it holds, in the order of its tokens. */
  blocks: Block[];
  /** KV blocks it has on the host. */
  swapped: number;
  preemptions: number;
  /** When it was first admitted to the running set. */
  scheduled_s: number;
  prefill_end_s: number;
  /** When each of its tokens came. */
  readonly token_s: number[];
  completed_s: number;
}

export class PlainReplica {
  readonly spec: PlainSpec;
  readonly stage: ReplicaStage;
  readonly waiting: Visit[] = [];
  /** In order of admission. */
  readonly running: Visit[] = [];
  readonly kv: PlainBlocks;
  /** Blocks free on the host. */
  host_blocks: number;
  /** Bytes of each copy between host and GPU. */
  readonly copies: { readonly at_s: number; readonly way: 'out' | 'in'; readonly bytes: number }[] = [];
  /** Tokens of prompts, and those of them found in the cache, of requests admitted for the first time. */
  readonly admissions: { readonly at_s: number; readonly prompt: number; readonly hit: number }[] = [];
  /** When each of its steps ended. */
  readonly step_ends_s: number[] = [];
  /** When it preempted, once for each request. */
  readonly preemptions_s: number[] = [];
  /** When the step under way ends, Infinity while the replica sleeps. */
  step_end_s: number = Number.POSITIVE_INFINITY;
  /** The new tokens of each request in the step under way. */
  #step: ReadonlyMap<Visit, number> = new Map();
  /** With asynchronous scheduling: the batch of the step after the one under way. */
  #fixed: ReadonlyMap<Visit, number> = new Map();
  /** With asynchronous scheduling: who has nothing left to compute once the step under way ends. */
  finishing: ReadonlySet<Visit> = new Set();
  /** Seconds that copies take before the next step computes. */
  #copy_s = 0;

  constructor(spec: PlainSpec, stage: ReplicaStage) {
    this.spec = spec;
    this.stage = stage;
    this.kv = new PlainBlocks(spec.num_gpu_blocks ?? Number.POSITIVE_INFINITY);
    this.host_blocks = spec.host_blocks ?? Number.POSITIVE_INFINITY;
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

  /** Starts a step, or sleeps when nothing can be scheduled. */
  startStep(now: number): void {
    if (this.spec.async_scheduling === true) {
      this.#startFixed(now);
      return;
    }
    let { step, preempted } = this.#schedule(now);
    // Everybody who ran has been preempted: their blocks are free now, so look again at the same instant.
    while (step.size === 0 && preempted) ({ step, preempted } = this.#schedule(now));
    if (step.size === 0) return;
    this.#step = step;
    this.step_end_s = now + this.#copy_s + this.#seconds(step);
    this.#copy_s = 0;
  }

  /** Starts the step whose batch was fixed when the last one started, and fixes that of the next as if it were over. */
  #startFixed(now: number): void {
    if (this.#fixed.size === 0) this.#fixed = this.#schedule(now).step;
    if (this.#fixed.size === 0) return;
    this.step_end_s = now + this.#copy_s + this.#seconds(this.#fixed);
    this.#copy_s = 0;
    const produced = new Map<Visit, number>();
    const finishing = new Set<Visit>();
    for (const [visit, tokens] of this.#fixed) {
      visit.computed += tokens;
      produced.set(visit, uncomputed(visit));
      if (uncomputed(visit) > 0) continue;
      if (this.stage !== 'prefill') visit.generated++;
      if (this.stage === 'prefill' || visit.generated === visit.output_tokens) finishing.add(visit);
    }
    this.#step = produced;
    this.finishing = finishing;
    this.#fixed = this.#schedule(now).step;
  }

  /** Ends the step whose results the scheduler has counted on, and says who leaves. */
  #endFixed(now: number): Visit[] {
    for (const [visit, left] of this.#step) {
      if (left > 0) continue;
      if (Number.isNaN(visit.prefill_end_s)) visit.prefill_end_s = now;
      if (this.stage === 'prefill') continue;
      visit.token_s.push(now);
      if (this.finishing.has(visit)) visit.completed_s = now;
    }
    const leaving = [...this.finishing];
    this.finishing = new Set();
    return leaving;
  }

  /** Ends the step under way and says who leaves. */
  endStep(): Visit[] {
    const now = this.step_end_s;
    const leaving = this.spec.async_scheduling === true ? this.#endFixed(now) : this.#endScheduled(now);
    leaving.sort((a, b) => a.id - b.id);
    for (const visit of leaving) {
      this.running.splice(this.running.indexOf(visit), 1);
      if (this.stage !== 'prefill') this.returnBlocks(visit);
    }
    this.step_ends_s.push(now);
    this.step_end_s = Number.POSITIVE_INFINITY;
    return leaving;
  }

  #endScheduled(now: number): Visit[] {
    const leaving: Visit[] = [];
    for (const [visit, tokens] of this.#step) {
      visit.computed += tokens;
      if (uncomputed(visit) > 0) continue;
      if (Number.isNaN(visit.prefill_end_s)) visit.prefill_end_s = now;
      if (this.stage === 'prefill') {
        leaving.push(visit);
        continue;
      }
      visit.generated++;
      visit.token_s.push(now);
      if (visit.generated < visit.output_tokens) continue;
      visit.completed_s = now;
      leaving.push(visit);
    }
    return leaving;
  }

  #schedule(now: number): { step: Map<Visit, number>; preempted: boolean } {
    const { max_num_seqs, max_num_batched_tokens, enable_chunked_prefill } = this.spec;
    const step = new Map<Visit, number>();
    let budget = max_num_batched_tokens;
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

    while (budget > 0 && this.running.length < max_num_seqs) {
      const [visit] = this.waiting;
      if (visit === undefined) break;
      const cached = this.#cachedPrefix(visit);
      const hit = cached.length * this.spec.block_size;
      if (!enable_chunked_prefill && uncomputed(visit) - hit > budget) break;
      const tokens = Math.min(uncomputed(visit) - hit, budget);
      if (!this.#giveBlocks(visit, cached, hit + tokens)) break;
      visit.computed += hit;
      this.#bringIn(visit, now);
      this.waiting.shift();
      this.running.push(visit);
      if (Number.isNaN(visit.scheduled_s)) {
        visit.scheduled_s = now;
        this.admissions.push({ at_s: now, prompt: visit.prompt_tokens, hit });
      }
      this.#name(visit, tokens);
      step.set(visit, tokens);
      budget -= tokens;
    }
    return { step, preempted };
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
    this.#copy_s += (host_link.latency_s ?? 0) + bytes / host_link.bandwidth_bytes_per_s;
    this.copies.push({ at_s, way, bytes });
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

  #seconds(step: ReadonlyMap<Visit, number>): number {
    const { base_s, prefill_token_s, decode_seq_s, decode_context_token_s, prefill_attention_s } =
      this.spec.step_time;
    let P = 0;
    let N = 0;
    let C = 0;
    let A = 0;
    for (const [visit, n] of step) {
      const decoding = uncomputed(visit) === 1 && (visit.generated > 0 || visit.arrived_with_kv);
      if (decoding) {
        N += 1;
        C += visit.computed + 1;
      } else {
        P += n;
        A += n * (visit.computed + n / 2);
      }
    }
    return (
      base_s + prefill_token_s * P + decode_seq_s * N + decode_context_token_s * C + prefill_attention_s * A
    );
  }
}

function uncomputed({ prompt_tokens, generated, computed }: Visit): number {
  return prompt_tokens + generated - computed;
}
