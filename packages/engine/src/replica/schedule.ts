/**
 * Who runs on a replica and what its next step computes, by the rules of vLLM V1: decoding requests first, then the
 * prompt computed in part, then who waits, in order, while tokens, places and KV blocks last.
 * Knows no seconds: when steps begin and end is the business of the replica.
 *
 * The rules share one state, the blocks and the running set, so they stand in one file.
 */
import { SlotRing } from '../pool/slot-ring.ts';
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import { AdmissionOrder } from './admission-order.ts';
import { type BatchColumns, NOBODY } from './batch-columns.ts';
import { type BlockReuse, reuseOf } from './block-reuse.ts';
import { DecodeSet } from './decode-set.ts';
import { PARTIAL } from './growth-news.ts';
import { KvBlocks } from './kv-blocks.ts';
import type { PrefixCache } from './prefix-cache.ts';
import type { PrefixKeys } from './prefix-keys.ts';
import type { ReplicaHost, ReplicaSpec, ReplicaStage } from './replica-spec.ts';
import { Reservations } from './reservations.ts';
import { SlotList } from './slot-list.ts';
import { StepBatch } from './step-batch.ts';
import { TokenCounts } from './token-counts.ts';

/** In place of tokens: those blocks were lacking. */
const PREEMPTED = -1;

export class Schedule {
  readonly blocks: KvBlocks;
  readonly decoding: DecodeSet;
  /** The step scheduled last. */
  readonly batch: StepBatch;
  /** Who leaves when the step under way ends, by id. */
  readonly leaving: SlotList = new SlotList();

  readonly #spec: ReplicaSpec;
  readonly #stage: ReplicaStage;
  readonly #requests: RequestTable;
  readonly #columns: BatchColumns;
  readonly #host: ReplicaHost;
  readonly #interrupted: (slot: RequestSlot) => void;
  readonly #running: AdmissionOrder;
  /** Wait without blocks; those that arrived with blocks held for them are among the reservations. */
  readonly #waiting = new SlotRing();
  readonly #reservations = new Reservations();
  /** The one running request whose prompt is computed in part. */
  #partial: RequestSlot = NOBODY;
  readonly #tokens: TokenCounts;
  /** Null when every prompt is computed, and what is preempted computed again. */
  readonly #reuse: BlockReuse | null;

  /** `interrupted` is told of a decoding request that is preempted. */
  constructor(
    spec: ReplicaSpec,
    stage: ReplicaStage,
    requests: RequestTable,
    columns: BatchColumns,
    host: ReplicaHost,
    keys: PrefixKeys | null,
    interrupted: (slot: RequestSlot) => void,
  ) {
    this.#spec = spec;
    this.#stage = stage;
    this.#requests = requests;
    this.#columns = columns;
    this.#host = host;
    this.#interrupted = interrupted;
    this.blocks = new KvBlocks(spec.block_size, spec.num_gpu_blocks ?? Number.POSITIVE_INFINITY);
    this.decoding = new DecodeSet(columns, this.blocks);
    this.#running = new AdmissionOrder(columns);
    this.#tokens = new TokenCounts(requests, columns);
    this.batch = new StepBatch(columns, this.#tokens);
    const lent = { requests, columns, tokens: this.#tokens, blocks: this.blocks, host };
    this.#reuse = reuseOf(spec, keys, lent);
  }

  /** Requests running. */
  get running(): number {
    return this.#running.length;
  }

  /** Requests waiting. */
  get waiting(): number {
    return this.#waiting.length + this.#reservations.arrived.length;
  }

  /** Requests waiting and running. */
  get outstanding(): number {
    return this.waiting + this.#running.length;
  }

  /** The prefix cache, if there is one. */
  get cache(): PrefixCache | null {
    return this.#reuse?.cache ?? null;
  }

  /** Whether a request could ever run here: its blocks exist, and an uncut prompt fits into a step. */
  fits(slot: RequestSlot): boolean {
    const { num_gpu_blocks = Number.POSITIVE_INFINITY, enable_chunked_prefill } = this.#spec;
    const most = this.#stage === 'prefill' ? this.#tokens.prompt(slot) : this.#tokens.mostComputed(slot);
    if (this.blocks.blocksFor(most) > num_gpu_blocks) return false;
    if (enable_chunked_prefill || this.#stage === 'decode') return true;
    return this.#tokens.prompt(slot) <= this.#spec.max_num_batched_tokens;
  }

  /**
   * A request joins its queue with `generated` output tokens; on a decode replica its prompt's KV has come with it. Says
   * whether the next step may admit it.
   */
  enter(slot: RequestSlot, generated: number): boolean {
    const withKv = this.#stage === 'decode';
    this.#columns.enter(slot, withKv ? this.#tokens.inFirstDecodeStep(slot) - 1 : 0, generated, withKv);
    const queue = this.#reservations.arrive(slot) ? this.#reservations.arrived : this.#waiting;
    if (queue === this.#waiting) queue.push(slot);
    this.#host.waiting(1);
    return queue.length === 1 && this.#running.length < this.#spec.max_num_seqs;
  }

  /** A request whose KV is to come asks for the blocks of `tokens`; says whether it is first in line. */
  ask(slot: RequestSlot, tokens: number): boolean {
    this.#reservations.ask(slot, tokens);
    return this.#reservations.line.length === 1 && this.#waiting.length === 0;
  }

  /** Gives blocks to the line in order while they last, once nobody waits here without. */
  grant(): void {
    const { line } = this.#reservations;
    while (line.length > 0 && this.#waiting.length === 0) {
      const blocks = this.blocks.blocksFor(this.#reservations.firstTokens);
      if (blocks > this.blocks.free) return;
      this.blocks.free -= blocks;
      this.#host.reserved(this.#reservations.hold());
    }
  }

  /** Decides what the next step computes; says whether nobody was preempted. */
  next(): boolean {
    const enough = this.blocks.takeNext(this.decoding.clock);
    if (!enough) this.#makeRoom();
    const { length, context_tokens } = this.decoding;
    this.batch.start(length, context_tokens);
    let budget = this.#spec.max_num_batched_tokens - length;
    if (this.#partial !== NOBODY) budget = this.#goOn(this.#partial, budget);
    if (!enough || budget === PREEMPTED) return false;
    if (this.waiting > 0) this.#admit(budget);
    if (this.#reservations.line.length > 0) this.grant();
    return true;
  }

  /**
   * A request outside the decode set computes `tokens`: it is still partial, or goes on decoding, or is to leave.
   * Returns which token it produces, counted from 1; 0 at the end of a prefill that leaves, `PARTIAL` before.
   */
  compute(slot: RequestSlot, tokens: number): number {
    this.#columns.computed[slot] = (this.#columns.computed[slot] ?? 0) + tokens;
    if (this.#tokens.uncomputed(slot) > 0) {
      this.#partial = slot;
      return PARTIAL;
    }
    if (this.#partial === slot) this.#partial = NOBODY;
    if (this.#stage === 'prefill') {
      this.#leave(slot);
      return 0;
    }
    const generated = (this.#columns.generated[slot] ?? 0) + 1;
    this.#columns.generated[slot] = generated;
    const remaining = (this.#requests.output_tokens[slot] ?? 1) - generated;
    if (remaining > 0) this.decoding.join(slot, remaining);
    else this.#leave(slot);
    return generated;
  }

  /** The decode set computes `steps` tokens each; who has produced all is to leave. */
  advance(steps: number): void {
    this.decoding.advance(steps);
    while (this.decoding.stepsToCompletion <= 0) this.#leave(this.decoding.takeCompleted());
  }

  /** How many steps like the one scheduled last follow each other, that one included, while only decoding requests run. */
  stepsUnchanged(): number {
    const { clock, stepsToCompletion } = this.decoding;
    // No request has more tokens than 32 bits hold: whole numbers from here on, which cost less to count with.
    return (1 + this.blocks.stepsLeft(clock + 1, stepsToCompletion - 1)) | 0;
  }

  /** Takes the blocks of `steps` further steps like the one scheduled last; returns how many. */
  grow(steps: number): number {
    return this.blocks.take(this.decoding.clock + 1, steps);
  }

  /** The blocks of a request that has left come back. */
  release(slot: RequestSlot): void {
    const held = this.blocks.blocksFor(this.#columns.computed[slot] ?? 0);
    this.blocks.free += this.#reuse === null ? held : this.#reuse.release(slot, held);
  }

  /** A request that was leaving has left the running set. */
  remove(slot: RequestSlot): void {
    this.#running.remove(slot);
  }

  /** Tokens of a prompt that the prefix cache would spare, had it not `changed` as in `PrefixCache.before`. */
  cachedTokens(slot: RequestSlot, changed: ReadonlyMap<number, boolean>): number {
    const { cache } = this;
    if (cache === null) return 0;
    const most = this.#tokens.prompt(slot) - 1;
    return cache.before(changed, this.#requests.id[slot] ?? 0, most) * this.#spec.block_size;
  }

  /** Seconds that the copies take which go before the step scheduled last. */
  takeCopySeconds(): number {
    return this.#reuse === null ? 0 : this.#reuse.takeCopySeconds();
  }

  #leave(slot: RequestSlot): void {
    this.leaving.insert(slot, this.#requests.id[slot] ?? 0);
  }

  /** Preempts from the last admitted on until the decoding requests get their blocks. */
  #makeRoom(): void {
    do {
      this.#reuse?.exhaust();
      this.#preempt(this.#lastStaying());
    } while (!this.blocks.takeNext(this.decoding.clock));
  }

  /** The request admitted last of those that do not leave when the step under way ends. */
  #lastStaying(): RequestSlot {
    let slot = this.#running.last;
    while (this.leaving.has(slot)) slot = this.#running.before(slot);
    return slot;
  }

  #preempt(slot: RequestSlot): void {
    if (this.decoding.has(slot)) {
      this.decoding.remove(slot);
      this.#interrupted(slot);
    } else {
      this.#partial = NOBODY;
    }
    const kept = this.#reuse?.takeOut(slot) ?? false;
    this.release(slot);
    if (!kept) this.#columns.computed[slot] = 0;
    this.#running.remove(slot);
    this.#waiting.unshift(slot);
    this.#host.preempted(slot);
    this.#host.waiting(1);
  }

  /** The request computed in part goes on within a budget of tokens; returns what it leaves of that, or `PREEMPTED`. */
  #goOn(slot: RequestSlot, budget: number): number {
    const tokens = Math.min(this.#tokens.uncomputed(slot), budget);
    if (!this.#take(slot, tokens)) {
      this.#preempt(slot);
      return PREEMPTED;
    }
    this.#reuse?.computes(slot, tokens);
    this.batch.add(slot, tokens);
    return budget - tokens;
  }

  /** Admits those that hold their blocks, then waiting requests in order while tokens, places and blocks last. */
  #admit(tokens: number): void {
    const { max_num_seqs, max_num_batched_tokens, enable_chunked_prefill } = this.#spec;
    const { arrived } = this.#reservations;
    let budget = tokens;
    while (arrived.length > 0 && budget > 0 && this.#running.length < max_num_seqs) {
      budget--;
      this.#run(arrived.shift(), 1);
    }
    while (this.#waiting.length > 0 && budget > 0 && this.#running.length < max_num_seqs) {
      const slot = this.#waiting.first;
      const found = this.#reuse === null ? 0 : this.#reuse.find(slot);
      const uncomputed = this.#tokens.uncomputed(slot) - found;
      // Only what a preempted request has to recompute can exceed a whole step; that is cut all the same.
      const uncut = !enable_chunked_prefill && uncomputed <= max_num_batched_tokens;
      if (uncut && uncomputed > budget) return;
      const wanted = Math.min(uncomputed, budget);
      const computed = (this.#columns.computed[slot] ?? 0) + found;
      const blocks = this.blocks.blocksFor(computed + wanted) - (this.#reuse?.shared ?? 0);
      if (blocks > this.blocks.free) return;
      this.blocks.free -= blocks;
      budget -= wanted;
      if (this.#reuse !== null) {
        this.#reuse.admit(slot, found);
        this.#reuse.computes(slot, wanted);
      }
      this.#run(this.#waiting.shift(), wanted);
    }
  }

  /** A request that waited joins the running set, with `tokens` of it in this step. */
  #run(slot: RequestSlot, tokens: number): void {
    this.#host.waiting(-1);
    this.#running.append(slot);
    this.#host.scheduled(slot);
    this.batch.add(slot, tokens);
  }

  /** Takes the blocks for `tokens` more tokens of a request; false when they are lacking. */
  #take(slot: RequestSlot, tokens: number): boolean {
    const computed = this.#columns.computed[slot] ?? 0;
    const blocks = this.blocks.blocksFor(computed + tokens) - this.blocks.blocksFor(computed);
    if (blocks > this.blocks.free) return false;
    this.blocks.free -= blocks;
    return true;
  }
}
