/**
 * One engine instance: continuous batching over a KV cache, step after step.
 * Knows when steps begin and end and tells what they gave; what a step computes is the schedule's to decide. Knows no
 * other replica and no routing.
 *
 * A step that only decodes is followed by like steps until a request completes, the blocks run out or somebody
 * arrives who may be admitted: these steps are taken in one jump, in closed form.
 *
 * With asynchronous scheduling the batch of a step is fixed when the step before it begins: counts, blocks and the
 * decode set are then those after the step under way, and what that step gives is told when it ends.
 *
 * Beginning and ending a step, in one jump or one ahead, share one state, so they stand in one file.
 */
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import type { BatchColumns } from './batch-columns.ts';
import { type Growth, GrowthNews } from './growth-news.ts';
import type { CacheWatcher } from './prefix-cache.ts';
import type { PrefixKeys } from './prefix-keys.ts';
import type { ReplicaHost, ReplicaSpec, ReplicaStage } from './replica-spec.ts';
import { Schedule } from './schedule.ts';
import type { SlotList } from './slot-list.ts';
import { StepsUnderWay } from './steps-under-way.ts';

export class Replica {
  /** Engine steps taken. */
  steps = 0;
  /** Blocks that the steps under way have taken after the first, once `grow` has been called. */
  growing_blocks = 0;
  /** Requests in the decode set of the step or jump under way. */
  decoding = 0;
  /** Nothing can be scheduled: the replica waits for a request or for blocks. */
  asleep = true;
  /** Whether the blocks of a request that leaves stay taken until `release`. */
  keeps_blocks = false;
  /** The step or jump under way. */
  readonly underWay: StepsUnderWay = new StepsUnderWay();

  readonly #spec: ReplicaSpec;
  readonly #stage: ReplicaStage;
  readonly #requests: RequestTable;
  readonly #columns: BatchColumns;
  readonly #host: ReplicaHost;
  readonly #schedule: Schedule;
  readonly #news: GrowthNews;
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
    this.#untold = spec.async_scheduling === true ? [] : null;
    this.#news = new GrowthNews(requests, host);
    // Its last token comes with the step that ends now or, fixed ahead, with the one under way.
    const interrupted = (slot: RequestSlot): void => this.#news.waits(slot, this.end_s);
    this.#schedule = new Schedule(spec, stage, requests, columns, host, keys, interrupted);
  }

  /** Nobody waits and nobody runs. */
  get empty(): boolean {
    return this.outstanding === 0;
  }

  /** Requests running. */
  get running(): number {
    return this.#schedule.running;
  }

  /** Blocks that are free but for those that the steps under way still take; Infinity when unlimited. */
  get free_blocks(): number {
    return this.#schedule.blocks.free;
  }

  /** Requests waiting and running. */
  get outstanding(): number {
    return this.#schedule.outstanding;
  }

  /** Whether a request could ever run here: its blocks exist, and an uncut prompt fits into a step. */
  fits(slot: RequestSlot): boolean {
    return this.#schedule.fits(slot);
  }

  /** A step or jump is under way, until `end_s`. */
  get stepping(): boolean {
    return this.underWay.count > 0;
  }

  /** When the step or jump under way ends, seconds. */
  get end_s(): number {
    return this.underWay.end_s;
  }

  /**
   * A request joins the queue at `now`; on a decode replica its prompt's KV has come with it. Says whether the step
   * under way now ends earlier.
   */
  enqueue(slot: RequestSlot, now: number): boolean {
    const first_token_s = this.#requests.first_token_s[slot] ?? Number.NaN;
    const generated = Number.isNaN(first_token_s) ? 0 : 1;
    if (generated === 1) this.#news.waits(slot, first_token_s);
    return this.#schedule.enter(slot, generated) && this.#cutJump(now);
  }

  /**
   * Asks for the blocks of the first decode step of a request whose KV is to come, of `tokens` in all. They are given
   * now or when a later step has been scheduled, in order of asking, unless somebody waits here without blocks. Says
   * whether the step under way now ends earlier.
   */
  reserve(slot: RequestSlot, tokens: number, now: number): boolean {
    if (!this.#schedule.ask(slot, tokens)) return false;
    const sooner = this.#schedule.blocks.limited && this.#cutJump(now);
    this.grow();
    this.#schedule.grant();
    return sooner;
  }

  /** The blocks of a request that has left come back. */
  release(slot: RequestSlot): void {
    this.#schedule.release(slot);
  }

  /** Starts the next step at `now`, or sleeps when nothing can be scheduled. */
  begin(now: number): void {
    if (this.asleep) this.underWay.wake(now);
    if (this.#untold !== null) {
      this.#beginFixed(this.#untold);
      return;
    }
    const schedule = this.#schedule;
    const { batch, decoding } = schedule;
    const calm = schedule.next();
    if (schedule.running === 0) {
      // A step in which the last running request was preempted takes no time: its blocks are free now.
      if (calm) this.#sleep();
      else this.begin(now);
      return;
    }
    if (this.asleep) this.#wake();
    this.decoding = decoding.length;
    const steps = batch.fresh.length > 0 || !calm ? 1 : schedule.stepsUnchanged();
    const first_s = batch.load.seconds(this.#spec.step_time) + schedule.takeCopySeconds();
    this.underWay.begin(first_s, this.#increaseSeconds(), steps);
  }

  /** Tells what the step under way computes outside the decode set; call when it begins. */
  eachGrowth(tell: (slot: RequestSlot, before: number, after: number) => void): void {
    if (this.#untold !== null) {
      for (const { slot, before, after } of this.#untold) tell(slot, before, after);
      return;
    }
    const { fresh } = this.#schedule.batch;
    for (let index = 0; index < fresh.length; index++) {
      const before = this.#columns.computed[fresh.slot(index)] ?? 0;
      tell(fresh.slot(index), before, before + fresh.number(index));
    }
  }

  /** Tokens of the steps under way that end before `instant`, or at it if `inclusive`. */
  untoldTokens(instant: number, inclusive: boolean): number {
    const steps = inclusive ? this.underWay.by(instant) : this.underWay.before(instant);
    return steps * this.decoding;
  }

  /** Keeps `watcher` informed of the prefix cache, if there is one. */
  watchCache(watcher: CacheWatcher): void {
    this.#schedule.cache?.watch(watcher);
  }

  /** Drops from the prefix cache what steps that began before `instant` have taken the blocks of. */
  trimCache(instant: number): void {
    const { cache, blocks, decoding } = this.#schedule;
    if (cache === null) return;
    const begun = Math.max(Math.min(this.underWay.before(instant), this.underWay.count - 1), 0);
    cache.shrinkTo(blocks.free + this.growing_blocks - blocks.ahead(decoding.clock + 1, begun));
  }

  /** Tokens of a prompt that the prefix cache would spare, had it not `changed` as in `PrefixCache.before`. */
  cachedTokens(slot: RequestSlot, changed: ReadonlyMap<number, boolean>): number {
    return this.#schedule.cachedTokens(slot, changed);
  }

  /** Takes the blocks that the steps under way want after the first. From then on none of them is cut off. */
  grow(): void {
    const { count } = this.underWay;
    if (count > 1 && this.growing_blocks === 0) this.growing_blocks = this.#schedule.grow(count - 1);
  }

  /** The run ends at `instant`, within a step or jump: says how many of its steps have ended. */
  stop(instant: number): number {
    this.#cutJump(instant);
    this.grow();
    const ended = this.underWay.count - 1;
    this.steps += ended;
    return ended;
  }

  /** Ends the step or jump at `end_s`, its blocks being taken: tokens are produced, requests complete. */
  end(): void {
    const now = this.end_s;
    const steps = this.underWay.finish();
    const { batch, leaving } = this.#schedule;
    this.growing_blocks = 0;
    this.steps += steps;
    if (this.#untold === null) {
      this.#schedule.advance(steps);
      if (batch.fresh.length > 0) this.#endFresh(now);
    } else {
      this.#endFixed(this.#untold, steps, now);
    }
    if (leaving.length > 0) this.#letGo(leaving, now);
  }

  /** Starts the step whose batch is fixed, and fixes that of the next. */
  #beginFixed(untold: Growth[]): void {
    const schedule = this.#schedule;
    const { batch, decoding } = schedule;
    const { fresh } = batch;
    if (batch.empty) {
      // There was nothing to fix when the last step began, or no last step.
      schedule.next();
      if (batch.empty) {
        this.#sleep();
        return;
      }
    }
    if (this.asleep) this.#wake();
    this.decoding = decoding.length;
    const copy_s = schedule.takeCopySeconds();
    const first_s = batch.load.seconds(this.#spec.step_time) + copy_s;
    const increase_s = this.#increaseSeconds();
    this.underWay.begin(first_s, increase_s, 1);
    schedule.advance(1);
    const same = fresh.length === 0 && schedule.leaving.length === 0 && copy_s === 0;
    for (let index = 0; index < fresh.length; index++) {
      const slot = fresh.slot(index);
      const tokens = fresh.number(index);
      const before = this.#columns.computed[slot] ?? 0;
      const last_token_s = this.#news.lastToken_s(slot);
      untold.push({ slot, before, after: before + tokens, token: this.#compute(slot, tokens), last_token_s });
    }
    fresh.clear();
    const calm = schedule.next();
    const unchanged = same && calm && fresh.length === 0 && decoding.length > 0;
    if (!unchanged) return;
    this.underWay.begin(first_s, increase_s, schedule.stepsUnchanged());
  }

  /** What each step takes longer than the one before while only the context grows. */
  #increaseSeconds(): number {
    return this.#spec.step_time.decode_context_token_s * this.#schedule.batch.load.decode_seqs;
  }

  /** Accounts for what was computed outside the decode set. */
  #endFresh(now: number): void {
    const { fresh } = this.#schedule.batch;
    for (let index = 0; index < fresh.length; index++) {
      const slot = fresh.slot(index);
      const tokens = fresh.number(index);
      const last_token_s = this.#news.lastToken_s(slot);
      const token = this.#compute(slot, tokens);
      this.#news.tell(slot, token, now);
      if (token > 1) this.#host.token(now - last_token_s);
    }
    fresh.clear();
  }

  /** Tells what the steps that end gave; all but the last of them have been followed by the one fixed as they began. */
  #endFixed(untold: Growth[], steps: number, now: number): void {
    const { batch, decoding } = this.#schedule;
    if (steps > 1) {
      decoding.advance(steps - 1);
      batch.start(decoding.length, decoding.context_tokens);
    }
    for (const { slot, token, last_token_s } of untold) {
      this.#news.tell(slot, token, now);
      if (token > 1) this.#host.token(now - last_token_s);
    }
    untold.length = 0;
  }

  /** Who leaves when the steps end at `now` does. */
  #letGo(leaving: SlotList, now: number): void {
    for (let index = 0; index < leaving.length; index++) {
      if (this.#stage !== 'prefill') this.#requests.completed_s[leaving.slot(index)] = now;
      if (!this.keeps_blocks) this.release(leaving.slot(index));
    }
    for (let index = 0; index < leaving.length; index++) {
      const slot = leaving.slot(index);
      // One by one, so that the replica is not empty before the last has left.
      this.#schedule.remove(slot);
      this.#host.left(slot);
    }
    leaving.clear();
  }

  /** A request outside the decode set computes `tokens`; says which token it produces, as a `Growth` does. */
  #compute(slot: RequestSlot, tokens: number): number {
    const token = this.#schedule.compute(slot, tokens);
    if (token > 1) this.#news.goesOn(slot);
    return token;
  }

  /** Somebody who may be admitted arrives at `now`: the jump ends with the first step that ends then or later. */
  #cutJump(now: number): boolean {
    return this.underWay.count > 1 && this.underWay.cut(now) > 0;
  }

  #wake(): void {
    this.#host.busy(1);
    this.asleep = false;
  }

  #sleep(): void {
    if (!this.asleep) this.#host.busy(-1);
    this.asleep = true;
  }
}
