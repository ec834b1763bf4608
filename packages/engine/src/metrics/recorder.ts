/**
 * What is measured of each request, taken when it leaves and, for those still in the system, when the run ends.
 * Knows instants and the window; knows no queues and no clock.
 */
import type { SimulationPlan } from '../plan.ts';
import { RequestLogWriter } from '../records/request-log.ts';
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import { BreakdownSums } from './breakdown.ts';
import { GapTally, gapsBefore } from './gap-tally.ts';
import { newSample } from './new-sample.ts';
import type { Sample } from './sample.ts';
import { SloCount } from './slo-count.ts';

/** Samples of one pool, over the requests of the TTFT sample. */
interface PoolSamples {
  readonly waiting_s: Sample;
  readonly service_s: Sample;
}

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
    this.#from = plan.warmup_seconds ?? 0;
  }

  pool(index: number): PoolSamples {
    let samples = this.#pools[index];
    if (samples === undefined) {
      samples = { waiting_s: this.#newSample(), service_s: this.#newSample() };
      this.#pools[index] = samples;
    }
    return samples;
  }

  /** A request completes at its `completed_s`. */
  complete(slot: RequestSlot): void {
    const requests = this.#requests;
    const arrival = requests.arrival_s[slot] ?? 0;
    const first = requests.first_token_s[slot] ?? 0;
    const end = requests.completed_s[slot] ?? 0;
    const output = requests.output_tokens[slot] ?? 1;
    const tpot = (end - first) / (output - 1);
    this.completed++;
    if (first >= this.#from) this.#firstToken(slot);
    if (end >= this.#from) {
      this.completedInWindow++;
      this.promptTokens += requests.prompt_tokens[slot] ?? 0;
      this.outputTokens += output;
      this.e2e_s.add(end - arrival);
      if (output > 1) this.tpot_s.add(tpot);
      if ((requests.preemptions[slot] ?? 0) > 0) this.preemptedRequests++;
      this.#evenGaps(slot, Number.POSITIVE_INFINITY);
    }
    if (this.slo !== null && arrival >= this.#from) {
      this.slo.completed(first - arrival, output > 1 ? tpot : null);
    }
    this.log?.write(requests, slot, 'completed', Number.POSITIVE_INFINITY);
  }

  /** A request is turned away now. */
  reject(slot: RequestSlot): void {
    this.rejected++;
    this.#miss(slot, Number.NaN);
    this.log?.write(this.#requests, slot, 'rejected', Number.POSITIVE_INFINITY);
  }

  /** The run ends at `end_s` with this request in the system. */
  leaveInFlight(slot: RequestSlot, end_s: number): void {
    const first = this.#requests.first_token_s[slot] ?? Number.NaN;
    const happened = first < end_s;
    if (happened && first >= this.#from) this.#firstToken(slot);
    if (happened) this.#evenGaps(slot, end_s);
    this.#miss(slot, happened ? first - (this.#requests.arrival_s[slot] ?? 0) : Number.NaN);
    this.log?.write(this.#requests, slot, 'in_flight', end_s);
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

  /** Enters a request whose first token falls in the window. */
  #firstToken(slot: RequestSlot): void {
    const requests = this.#requests;
    const arrival = requests.arrival_s[slot] ?? 0;
    const prefillStart = requests.prefill_start_s[slot] ?? 0;
    const decodeStart = requests.decode_start_s[slot] ?? 0;
    const end = requests.completed_s[slot] ?? 0;
    this.ttft_s.add((requests.first_token_s[slot] ?? 0) - arrival);
    this.breakdown.add(requests, slot);
    const prefillPool = requests.prefill_pool[slot] ?? 0;
    const decodePool = requests.decode_pool[slot] ?? 0;
    const prefill = this.pool(prefillPool);
    prefill.waiting_s.add(prefillStart - arrival);
    if (prefillPool === decodePool) {
      addKnown(prefill.service_s, end - prefillStart);
      return;
    }
    prefill.service_s.add((requests.prefill_end_s[slot] ?? 0) - prefillStart);
    // Its first token may have come from prefill, and the run have ended before a decode pool took it.
    if (decodePool < 0) return;
    const decode = this.pool(decodePool);
    decode.waiting_s.add(decodeStart - (requests.decode_queued_s[slot] ?? 0));
    addKnown(decode.service_s, end - decodeStart);
  }
}

/** A service whose end nobody knew when the run ended is not a sample. */
const addKnown = (sample: Sample, seconds: number): void => {
  if (!Number.isNaN(seconds)) sample.add(seconds);
};
