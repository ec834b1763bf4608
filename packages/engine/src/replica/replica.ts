/**
 * One engine instance: continuous batching over a KV cache, step after step, as vLLM V1 schedules it.
 * Decides what the next step computes; knows no other replica and no routing.
 *
 * A step that only decodes is followed by like steps until a request completes, the blocks run out or somebody
 * arrives who may be admitted: these steps are taken in one jump, in closed form.
 *
 * With asynchronous scheduling the batch of a step is fixed when the step before it begins: counts, blocks and the
 * decode set are then those after the step under way, and what that step gives is told when it ends.
 *
 * The rules of scheduling share one state, the blocks and the running set, so they stand in one file.
 */
import { SlotRing } from '../pool/slot-ring.ts';
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import { AdmissionOrder } from './admission-order.ts';
import { type BatchColumns, NOBODY } from './batch-columns.ts';
import { type BlockReuse, reuseOf } from './block-reuse.ts';
import { DecodeSet } from './decode-set.ts';
import type { Growth } from './growth.ts';
import { KvBlocks } from './kv-blocks.ts';
import type { CacheWatcher } from './prefix-cache.ts';
import type { PrefixKeys } from './prefix-keys.ts';
import type { ReplicaHost, ReplicaSpec, ReplicaStage } from './replica-spec.ts';
import { Reservations } from './reservations.ts';
import { SlotList } from './slot-list.ts';
import { StepBatch } from './step-batch.ts';
import { StepsUnderWay } from './steps-under-way.ts';
import { TokenCounts } from './token-counts.ts';

export class Replica {
  /** Engine steps taken. */
  steps = 0;
  /** Blocks that the jump under way takes after its first step. */
  growing_blocks = 0;
  /** Nothing can be scheduled: the replica waits for a request or for blocks. */
  asleep = true;

  readonly #spec: ReplicaSpec;
  readonly #stage: ReplicaStage;
  readonly #requests: RequestTable;
  readonly #columns: BatchColumns;
  readonly #host: ReplicaHost;
  readonly #blocks: KvBlocks;
  readonly #running: AdmissionOrder;
  readonly #decoding: DecodeSet;
  /** Wait without blocks; those that arrived with blocks held for them are among the reservations. */
  readonly #waiting = new SlotRing();
  readonly #reservations = new Reservations();
  readonly #underWay = new StepsUnderWay();
  readonly #lastToken_s = new Map<RequestSlot, number>();
  /** The one running request whose prompt is computed in part. */
  #partial: RequestSlot = NOBODY;
  readonly #tokens: TokenCounts;
  readonly #batch: StepBatch;
  /** Null when every prompt is computed, and what is preempted computed again. */
  readonly #reuse: BlockReuse | null;
  /** Leaving at the end of a step, by id. */
  readonly #leaving = new SlotList();
  /** Requests in the decode set of the step or jump under way. */
  #decodingNow = 0;
  /** What the step under way computes outside its decode set; null when a step is scheduled as it begins. */
  readonly #untold: Growth[] | null;

  constructor(
    spec: ReplicaSpec,
    stage: ReplicaStage,
    requests: RequestTable,
    columns: BatchColumns,
    host: ReplicaHost,
    keys: PrefixKeys | null,
  ) {
    this.#spec = spec;
    this.#stage = stage;
    this.#requests = requests;
    this.#columns = columns;
    this.#host = host;
    this.#blocks = new KvBlocks(spec.block_size, spec.num_gpu_blocks ?? Number.POSITIVE_INFINITY);
    this.#running = new AdmissionOrder(columns);
    this.#decoding = new DecodeSet(columns, this.#blocks);
    this.#tokens = new TokenCounts(requests, columns);
    this.#batch = new StepBatch(columns, this.#tokens);
    const lent = { requests, columns, tokens: this.#tokens, blocks: this.#blocks, host };
    this.#reuse = reuseOf(spec, keys, lent);
    this.#untold = spec.async_scheduling === true ? [] : null;
  }

  /** Nobody waits and nobody runs. */
  get empty(): boolean {
    return this.outstanding === 0;
  }

  /** Requests running. */
  get running(): number {
    return this.#running.length;
  }

  /** Blocks that are free once the step or jump under way has all of its own; Infinity when unlimited. */
  get free_blocks(): number {
    return this.#blocks.free;
  }

  /** Requests waiting and running. */
  get outstanding(): number {
    return this.#waiting.length + this.#reservations.arrived.length + this.#running.length;
  }

  /** Whether a request could ever run here: its blocks exist, and an uncut prompt fits into a step. */
  fits(slot: RequestSlot): boolean {
    const { num_gpu_blocks = Number.POSITIVE_INFINITY, enable_chunked_prefill } = this.#spec;
    const most = this.#stage === 'prefill' ? this.#tokens.prompt(slot) : this.#tokens.mostComputed(slot);
    if (this.#blocks.blocksFor(most) > num_gpu_blocks) return false;
    if (enable_chunked_prefill || this.#stage === 'decode') return true;
    return this.#tokens.prompt(slot) <= this.#spec.max_num_batched_tokens;
  }

  /** A step or jump is under way, until `end_s`. */
  get stepping(): boolean {
    return this.#underWay.count > 0;
  }

  /** Steps of the step or jump under way, 0 between steps and asleep. */
  get jump(): number {
    return this.#underWay.count;
  }

  /** When the step or jump under way ends, seconds. */
  get end_s(): number {
    return this.#underWay.end_s;
  }

  /**
   * A request joins the queue at `now`; on a decode replica its prompt's KV has come with it. Says whether the step
   * under way now ends earlier.
   */
  enqueue(slot: RequestSlot, now: number): boolean {
    const withKv = this.#stage === 'decode';
    const { first_token_s } = this.#requests;
    const generated = Number.isNaN(first_token_s[slot] ?? Number.NaN) ? 0 : 1;
    if (generated === 1) this.#lastToken_s.set(slot, first_token_s[slot] ?? now);
    this.#columns.enter(slot, withKv ? this.#tokens.inFirstDecodeStep(slot) - 1 : 0, generated, withKv);
    const queue = this.#reservations.arrive(slot) ? this.#reservations.arrived : this.#waiting;
    if (queue === this.#waiting) queue.push(slot);
    this.#host.waiting(1);
    return (
      queue.length === 1 &&
      this.#underWay.count > 1 &&
      this.#running.length < this.#spec.max_num_seqs &&
      this.#cutJump(now)
    );
  }

  /**
   * Asks for the blocks of the first decode step of a request whose KV is to come. They are given now or when a later
   * step has been scheduled, in order of asking, unless somebody waits here without blocks. Says whether the step
   * under way now ends earlier.
   */
  reserve(slot: RequestSlot, now: number): boolean {
    const { line } = this.#reservations;
    line.push(slot);
    if (line.length > 1 || this.#waiting.length > 0) return false;
    const sooner = this.#blocks.limited && this.#underWay.count > 1 && this.#cutJump(now);
    this.#grant();
    return sooner;
  }

  /** The blocks of a request that has left come back. */
  release(slot: RequestSlot): void {
    const held = this.#blocks.blocksFor(this.#columns.computed[slot] ?? 0);
    this.#blocks.free += this.#reuse === null ? held : this.#reuse.release(slot, held);
  }

  /** Starts the next step at `now`, or sleeps when nothing can be scheduled. */
  begin(now: number): void {
    if (this.asleep) this.#underWay.wake(now);
    if (this.#untold !== null) {
      this.#beginFixed(this.#untold, now);
      return;
    }
    const calm = this.#schedule(now);
    if (this.#running.length === 0) {
      // A step in which the last running request was preempted takes no time: its blocks are free now.
      if (calm) this.#sleep();
      else this.begin(now);
      return;
    }
    this.#wake();
    this.#decodingNow = this.#decoding.length;
    const steps = this.#batch.fresh.length > 0 || !calm ? 1 : this.#stepsUnchanged();
    const first_s = this.#batch.load.seconds(this.#spec.step_time) + this.#copySeconds();
    // The blocks of the first step are taken already.
    this.growing_blocks = this.#blocks.take(this.#decoding.clock + 1, steps - 1);
    this.#underWay.begin(first_s, this.#increaseSeconds(), steps);
  }

  /** Starts the step whose batch is fixed, and fixes that of the next. */
  #beginFixed(untold: Growth[], now: number): void {
    const { fresh } = this.#batch;
    if (this.#batch.empty) {
      // There was nothing to fix when the last step began, or no last step.
      this.#schedule(now);
      if (this.#batch.empty) {
        this.#sleep();
        return;
      }
    }
    this.#wake();
    this.#decodingNow = this.#decoding.length;
    const copy_s = this.#copySeconds();
    const first_s = this.#batch.load.seconds(this.#spec.step_time) + copy_s;
    const increase_s = this.#increaseSeconds();
    this.#underWay.begin(first_s, increase_s, 1);
    this.#advance(1);
    this.#partial = NOBODY;
    const same = fresh.length === 0 && this.#leaving.length === 0 && copy_s === 0;
    for (let index = 0; index < fresh.length; index++) {
      const slot = fresh.slot(index);
      const tokens = fresh.number(index);
      const before = this.#columns.computed[slot] ?? 0;
      const last_token_s = this.#lastTokenOf(slot);
      untold.push({ slot, before, after: before + tokens, token: this.#compute(slot, tokens), last_token_s });
    }
    fresh.clear();
    const calm = this.#schedule(now);
    const unchanged = same && calm && fresh.length === 0 && this.#decoding.length > 0;
    if (!unchanged) return;
    const steps = this.#stepsUnchanged();
    this.growing_blocks = this.#blocks.take(this.#decoding.clock + 1, steps - 1);
    this.#underWay.begin(first_s, increase_s, steps);
  }

  /** Decides what the next step computes; says whether nobody was preempted. */
  #schedule(now: number): boolean {
    const preempted = this.#makeRoom(now);
    this.#batch.start(this.#decoding.length, this.#decoding.context_tokens);
    let budget = this.#spec.max_num_batched_tokens - this.#decoding.length;
    let admitting = !preempted;
    if (this.#partial !== NOBODY) {
      const slot = this.#partial;
      const tokens = Math.min(this.#tokens.uncomputed(slot), budget);
      if (this.#take(slot, tokens)) {
        this.#reuse?.computes(slot, tokens);
        this.#batch.add(slot, tokens);
        budget -= tokens;
      } else {
        this.#preempt(slot, now);
        admitting = false;
      }
    }
    if (admitting) {
      this.#admit(budget);
      this.#grant();
    }
    return admitting;
  }

  /** What the copies take that go before the batch scheduled last. */
  #copySeconds(): number {
    return this.#reuse === null ? 0 : this.#reuse.takeCopySeconds();
  }

  /** What each step takes longer than the one before while only the context grows. */
  #increaseSeconds(): number {
    return this.#spec.step_time.decode_context_token_s * this.#batch.load.decode_seqs;
  }

  /** How many steps of the step or jump under way end before `instant`. */
  stepsBefore(instant: number): number {
    return this.#underWay.before(instant);
  }

  /** Steps of the jump under way that have ended, integrated over time from its start to `instant`. */
  endedArea(instant: number): number {
    return this.#underWay.endedArea(instant);
  }

  /** Tokens of the steps under way that end before `instant`, or at it if `inclusive`: the host is told at `end`. */
  untoldTokens(instant: number, inclusive: boolean): number {
    const steps = inclusive ? this.#underWay.by(instant) : this.#underWay.before(instant);
    return steps * this.#decodingNow;
  }

  /** Keeps `watcher` informed of the prefix cache, if there is one. */
  watchCache(watcher: CacheWatcher): void {
    this.#reuse?.cache?.watch(watcher);
  }

  /** Drops from the prefix cache what steps that began before `instant` have taken the blocks of. */
  trimCache(instant: number): void {
    const cache = this.#reuse?.cache ?? null;
    if (cache === null) return;
    const { count } = this.#underWay;
    const begun = Math.min(count, this.#underWay.before(instant) + 1);
    const ahead = this.#blocks.ahead(this.#decoding.clock + begun, count - begun);
    cache.shrinkTo(this.#blocks.free + ahead);
  }

  /** Tokens of a prompt that the prefix cache would spare, had it not `changed` as in `PrefixCache.before`. */
  cachedTokens(slot: RequestSlot, changed: ReadonlyMap<number, boolean>): number {
    const cache = this.#reuse?.cache ?? null;
    if (cache === null) return 0;
    const most = this.#tokens.prompt(slot) - 1;
    return cache.before(changed, this.#requests.id[slot] ?? 0, most) * this.#spec.block_size;
  }

  /** The run ends at `instant`, within a step or jump: tells of its steps that have ended and returns how many. */
  stop(instant: number): number {
    this.#cutJump(instant);
    const { first_s, increase_s, count } = this.#underWay;
    const ended = count - 1;
    this.steps += ended;
    if (ended > 0) this.#host.tokens(first_s, increase_s, ended, this.#decodingNow);
    return ended;
  }

  /** Ends the step or jump at `end_s`: tokens are produced, requests complete. */
  end(): void {
    const now = this.end_s;
    const { first_s, increase_s } = this.#underWay;
    const steps = this.#underWay.finish();
    this.growing_blocks = 0;
    this.steps += steps;
    if (this.#decodingNow > 0) this.#host.tokens(first_s, increase_s, steps, this.#decodingNow);
    if (this.#untold === null) {
      this.#advance(steps);
      this.#endFresh(now);
    } else {
      this.#endFixed(this.#untold, steps, now);
    }
    const leaving = this.#leaving;
    if (this.#stage !== 'prefill') {
      for (let index = 0; index < leaving.length; index++) {
        this.#requests.completed_s[leaving.slot(index)] = now;
        this.release(leaving.slot(index));
      }
    }
    for (let index = 0; index < leaving.length; index++) {
      // One by one, so that the replica is not empty before the last has left.
      this.#running.remove(leaving.slot(index));
      this.#host.left(leaving.slot(index));
    }
    leaving.clear();
  }

  /** The decode set computes `steps` tokens each; who has produced all is to leave. */
  #advance(steps: number): void {
    this.#decoding.advance(steps);
    while (this.#decoding.stepsToCompletion <= 0) this.#leave(this.#decoding.takeCompleted());
  }

  /** Accounts for what was computed outside the decode set. */
  #endFresh(now: number): void {
    const { fresh } = this.#batch;
    this.#partial = NOBODY;
    for (let index = 0; index < fresh.length; index++) {
      const slot = fresh.slot(index);
      const tokens = fresh.number(index);
      const before = this.#columns.computed[slot] ?? 0;
      const last_token_s = this.#lastTokenOf(slot);
      const token = this.#compute(slot, tokens);
      this.#tell(slot, before, before + tokens, token, now);
      if (token > 1) this.#host.tokens(now - last_token_s, 0, 1, 1);
    }
    fresh.clear();
  }

  /** Tells what the steps that end gave; all but the last of them have been followed by the one fixed as they began. */
  #endFixed(untold: Growth[], steps: number, now: number): void {
    if (steps > 1) {
      this.#decoding.advance(steps - 1);
      this.#batch.start(this.#decoding.length, this.#decoding.context_tokens);
    }
    for (const { slot, before, after, token, last_token_s } of untold) {
      this.#tell(slot, before, after, token, now);
      if (token > 1) this.#host.tokens(now - last_token_s, 0, 1, 1);
    }
    untold.length = 0;
  }

  /** When a request outside the decode set produced its last token; NaN when it has none. */
  #lastTokenOf(slot: RequestSlot): number {
    const hasToken = (this.#columns.generated[slot] ?? 0) > 0;
    return hasToken ? (this.#lastToken_s.get(slot) ?? Number.NaN) : Number.NaN;
  }

  #leave(slot: RequestSlot): void {
    this.#leaving.insert(slot, this.#requests.id[slot] ?? 0);
  }

  /** Preempts from the last admitted on until the decoding requests get their blocks, and takes these. */
  #makeRoom(now: number): boolean {
    let preempted = false;
    while (this.#blocks.wanted(this.#decoding.clock) > this.#blocks.free) {
      this.#reuse?.exhaust();
      this.#preempt(this.#lastStaying(), now);
      preempted = true;
    }
    this.#blocks.take(this.#decoding.clock, 1);
    return preempted;
  }

  /** The request admitted last of those that do not leave when the step under way ends. */
  #lastStaying(): RequestSlot {
    let slot = this.#running.last;
    while (this.#leaving.has(slot)) slot = this.#running.before(slot);
    return slot;
  }

  #preempt(slot: RequestSlot, now: number): void {
    if (this.#decoding.has(slot)) {
      this.#decoding.remove(slot);
      // Fixed ahead, the step under way still gives it a token.
      this.#lastToken_s.set(slot, this.#untold === null ? now : this.end_s);
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

  /** Admits those that hold their blocks, then waiting requests in order while tokens, places and blocks last. */
  #admit(tokens: number): void {
    const { max_num_seqs, max_num_batched_tokens, enable_chunked_prefill } = this.#spec;
    const { arrived } = this.#reservations;
    let budget = tokens;
    while (budget > 0 && this.#running.length < max_num_seqs && arrived.length > 0) {
      budget--;
      this.#run(arrived.shift(), 1);
    }
    while (budget > 0 && this.#running.length < max_num_seqs && this.#waiting.length > 0) {
      const slot = this.#waiting.first;
      const found = this.#reuse === null ? 0 : this.#reuse.find(slot);
      const uncomputed = this.#tokens.uncomputed(slot) - found;
      // Only what a preempted request has to recompute can exceed a whole step; that is cut all the same.
      const uncut = !enable_chunked_prefill && uncomputed <= max_num_batched_tokens;
      if (uncut && uncomputed > budget) return;
      const wanted = Math.min(uncomputed, budget);
      const computed = (this.#columns.computed[slot] ?? 0) + found;
      const blocks = this.#blocks.blocksFor(computed + wanted) - (this.#reuse?.shared ?? 0);
      if (blocks > this.#blocks.free) return;
      this.#blocks.free -= blocks;
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
    this.#batch.add(slot, tokens);
  }

  /** Gives blocks to the line in order while they last, once nobody waits here without. */
  #grant(): void {
    const { line } = this.#reservations;
    while (line.length > 0 && this.#waiting.length === 0) {
      const blocks = this.#blocks.blocksFor(this.#tokens.inFirstDecodeStep(line.first));
      if (blocks > this.#blocks.free) return;
      this.#blocks.free -= blocks;
      const slot = line.shift();
      this.#reservations.hold(slot);
      this.#host.reserved(slot);
    }
  }

  /** Takes the blocks for `tokens` more tokens of a request; false when they are lacking. */
  #take(slot: RequestSlot, tokens: number): boolean {
    const computed = this.#columns.computed[slot] ?? 0;
    const blocks = this.#blocks.blocksFor(computed + tokens) - this.#blocks.blocksFor(computed);
    if (blocks > this.#blocks.free) return false;
    this.#blocks.free -= blocks;
    return true;
  }

  /**
   * A request outside the decode set computes `tokens`: it is still partial, or goes on decoding, or is to leave.
   * Returns which token it produces, counted from 1; 0 at the end of a prefill that leaves, `PARTIAL` before.
   */
  #compute(slot: RequestSlot, tokens: number): number {
    this.#columns.computed[slot] = (this.#columns.computed[slot] ?? 0) + tokens;
    if (this.#tokens.uncomputed(slot) > 0) {
      this.#partial = slot;
      return PARTIAL;
    }
    if (this.#stage === 'prefill') {
      this.#leave(slot);
      return 0;
    }
    const generated = (this.#columns.generated[slot] ?? 0) + 1;
    this.#columns.generated[slot] = generated;
    if (generated > 1) this.#lastToken_s.delete(slot);
    const remaining = (this.#requests.output_tokens[slot] ?? 1) - generated;
    if (remaining > 0) this.#decoding.join(slot, remaining);
    else this.#leave(slot);
    return generated;
  }

  /** Tells at `now` of what `#compute` did and gave, but for the time between two tokens. */
  #tell(slot: RequestSlot, before: number, after: number, token: number, now: number): void {
    const requests = this.#requests;
    this.#host.computed(slot, before, after);
    if (token === PARTIAL) return;
    if (Number.isNaN(requests.prefill_end_s[slot] ?? 0)) {
      requests.prefill_end_s[slot] = now;
      this.#host.prefilled(slot);
    }
    if (token !== 1) return;
    requests.first_token_s[slot] = now;
    this.#host.firstToken(slot);
  }

  /** How many steps like this one follow each other, this one included. */
  #stepsUnchanged(): number {
    const { clock, stepsToCompletion } = this.#decoding;
    return 1 + this.#blocks.stepsLeft(clock + 1, stepsToCompletion - 1);
  }

  /** Somebody who may be admitted arrives at `now`: the jump ends with the first step that ends then or later. */
  #cutJump(now: number): boolean {
    const cut = this.#underWay.cut(now);
    this.growing_blocks -= this.#blocks.giveBack(this.#decoding.clock + this.#underWay.count, cut);
    return cut > 0;
  }

  #wake(): void {
    if (this.asleep) this.#host.busy(1);
    this.asleep = false;
  }

  #sleep(): void {
    if (!this.asleep) this.#host.busy(-1);
    this.asleep = true;
  }
}

/** Of a request whose tokens are not all computed: it produces none. */
const PARTIAL = -1;
