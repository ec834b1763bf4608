/**
 * What is measured of each request, taken when it leaves and, for those still in the system, when the run ends.
 * Knows instants and the window; knows no queues and no clock.
 *
 * Requests that complete are measured a block at a time, in the order in which they did; `settle` measures the rest.
 */
import type { SimulationPlan } from '../plan.ts';
import { RequestLogWriter } from '../records/request-log.ts';
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import { BreakdownSums } from './breakdown.ts';
import { GapTally, gapsBefore } from './gap-tally.ts';
import { newSample } from './new-sample.ts';
import { PoolSamples } from './pool-samples.ts';
import { BLOCK, RequestBlock } from './request-block.ts';
import type { Sample } from './sample.ts';
import { SloCount } from './slo-count.ts';

/** Values on their way into samples. */
const values = new Float64Array(BLOCK);
const tpots = new Float64Array(BLOCK);

export class Recorder {
  readonly ttft_s: Sample;
  readonly tpot_s: Sample;
  readonly e2e_s: Sample;
  readonly itl_s: GapTally = new GapTally();
  readonly breakdown: BreakdownSums;
  readonly slo: SloCount | null;
  readonly log: RequestLogWriter | null;
  completed = 0;
  rejected = 0;
  /** Completions in the window and their tokens. */
  completedInWindow = 0;
  promptTokens = 0;
  outputTokens = 0;
  /** Completed in the window having lost their KV cache. */
  preemptedRequests = 0;

  readonly #requests: RequestTable;
  readonly #from: number;
  readonly #newSample: () => Sample;
  readonly #pools: PoolSamples[] = [];
  readonly #block: RequestBlock;

  constructor(plan: SimulationPlan, requests: RequestTable) {
    const method = plan.quantiles ?? 'exact';
    this.#newSample = () => newSample(method);
    this.ttft_s = this.#newSample();
    this.tpot_s = this.#newSample();
    this.e2e_s = this.#newSample();
    this.breakdown = new BreakdownSums(plan.slo?.ttft_s ?? Number.POSITIVE_INFINITY);
    this.slo = plan.slo === undefined ? null : new SloCount(plan.slo);
    this.log = plan.keep_requests === true ? new RequestLogWriter() : null;
    this.#requests = requests;
    this.#block = new RequestBlock(requests);
    this.#from = plan.warmup_seconds ?? 0;
  }

  /** To be called for each pool, in the order of their indices. */
  addPool(): void {
    this.#pools.push(new PoolSamples(this.#newSample));
  }

  pool(index: number): PoolSamples {
    const samples = this.#pools[index];
    if (samples === undefined) throw new RangeError(`There is no pool ${index}`);
    return samples;
  }

  /** A request completes at its `completed_s`. Its row is given back once it has been measured. */
  complete(slot: RequestSlot): void {
    this.completed++;
    this.log?.write(this.#requests, slot, 'completed', Number.POSITIVE_INFINITY);
    this.#block.add(slot);
    if (this.#block.full) this.settle();
  }

  /** Measures the completed requests that have not been. */
  settle(): void {
    const { slots, size } = this.#block;
    this.#measureFirstTokens();
    this.#measureCompletions();
    for (let row = 0; row < size; row++) this.#requests.release(slots[row] ?? 0);
    this.#block.size = 0;
  }

  /** A request is turned away now. */
  reject(slot: RequestSlot): void {
    this.rejected++;
    // A decode pool may turn away who had its first token at the end of prefill.
    if (!Number.isNaN(this.#requests.first_token_s[slot] ?? Number.NaN)) {
      this.settle();
      this.#measureFirstToken(slot);
    }
    this.#miss(slot, Number.NaN);
    this.log?.write(this.#requests, slot, 'rejected', Number.POSITIVE_INFINITY);
  }

  /** The run, which is settled, ends at `end_s` with this request in the system. */
  leaveInFlight(slot: RequestSlot, end_s: number): void {
    const first = this.#requests.first_token_s[slot] ?? Number.NaN;
    const happened = first < end_s;
    if (happened) {
      this.#measureFirstToken(slot);
      this.#evenGaps(slot, end_s);
    }
    this.#miss(slot, happened ? first - (this.#requests.arrival_s[slot] ?? 0) : Number.NaN);
    this.log?.write(this.#requests, slot, 'in_flight', end_s);
  }

  /** Lets go of what is kept of each request, once it has been read. */
  forget(): void {
    const pools = this.#pools.flatMap(({ waiting_s, service_s }) => [waiting_s, service_s]);
    for (const sample of [this.ttft_s, this.tpot_s, this.e2e_s, ...pools]) sample.forget?.();
  }

  /** Enters a request that has not completed, the block being empty. */
  #measureFirstToken(slot: RequestSlot): void {
    this.#block.add(slot);
    this.#measureFirstTokens();
    this.#block.size = 0;
  }

  /** Enters the requests of the block whose first token falls in the window. */
  #measureFirstTokens(): void {
    const block = this.#block;
    const { slots, size } = block;
    const { arrival_s, first_token_s } = this.#requests;
    const from = this.#from;
    let count = 0;
    for (let row = 0; row < size; row++) {
      const slot = slots[row] ?? 0;
      const first = first_token_s[slot] ?? 0;
      if (first >= from) values[count++] = first - (arrival_s[slot] ?? 0);
    }
    this.ttft_s.addAll(values, count);
    this.breakdown.addAll(block, from);
    for (const [pool, samples] of this.#pools.entries()) samples.addAll(block, pool, from);
  }

  /** Enters the requests of the block whose end falls in the window. */
  #measureCompletions(): void {
    const { slots, size } = this.#block;
    const { arrival_s, first_token_s, completed_s, prompt_tokens, output_tokens, preemptions } =
      this.#requests;
    const from = this.#from;
    let completed = 0;
    let withTpot = 0;
    for (let row = 0; row < size; row++) {
      const slot = slots[row] ?? 0;
      const arrival = arrival_s[slot] ?? 0;
      const first = first_token_s[slot] ?? 0;
      const end = completed_s[slot] ?? 0;
      const output = output_tokens[slot] ?? 1;
      const tpot = (end - first) / (output - 1);
      if (end >= from) {
        values[completed++] = end - arrival;
        if (output > 1) tpots[withTpot++] = tpot;
        this.promptTokens += prompt_tokens[slot] ?? 0;
        this.outputTokens += output;
        if ((preemptions[slot] ?? 0) > 0) this.preemptedRequests++;
        this.#evenGaps(slot, Number.POSITIVE_INFINITY);
      }
      if (this.slo !== null && arrival >= from) this.slo.completed(first - arrival, output > 1 ? tpot : null);
    }
    this.completedInWindow += completed;
    this.e2e_s.addAll(values, completed);
    this.tpot_s.addAll(tpots, withTpot);
  }

  /** Enters the gaps of a request whose tokens come evenly: those whose later token falls in [from, end_s). */
  #evenGaps(slot: RequestSlot, end_s: number): void {
    const requests = this.#requests;
    const gap_s = requests.token_gap_s[slot] ?? Number.NaN;
    if (!(gap_s >= 0)) return;
    const first_s = requests.first_token_s[slot] ?? 0;
    const gaps = (requests.output_tokens[slot] ?? 1) - 1;
    const until = end_s === Number.POSITIVE_INFINITY ? gaps : gapsBefore(end_s, first_s, gap_s, gaps);
    const early = first_s >= this.#from ? 0 : gapsBefore(this.#from, first_s, gap_s, gaps);
    const count = until - early;
    if (count > 0) this.itl_s.add(gap_s, count);
  }

  #miss(slot: RequestSlot, ttft_s: number): void {
    if (this.slo === null || !((this.#requests.arrival_s[slot] ?? 0) >= this.#from)) return;
    this.slo.unfinished(ttft_s, (this.#requests.output_tokens[slot] ?? 1) > 1);
  }
}
