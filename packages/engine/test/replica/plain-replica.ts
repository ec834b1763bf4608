/**
 * The oracle's replica: one engine step after another, as docs/model.md writes it down. Nothing is skipped, summed
 * ahead or kept sorted. Knows no other replica and no transfers.
 */
import { PlainSchedule, type Step } from './plain-schedule.ts';
import { uncomputed, type Visit } from './plain-visit.ts';

export class PlainReplica extends PlainSchedule {
  /** When each of its steps ended. */
  readonly step_ends_s: number[] = [];
  /** When the step under way ends, Infinity while the replica sleeps. */
  step_end_s: number = Number.POSITIVE_INFINITY;
  /** The new tokens of each request in the step under way; of a step fixed ahead, what it leaves uncomputed. */
  #step: Step = new Map();
  /** With asynchronous scheduling: the batch of the step after the one under way. */
  #fixed: Step = new Map();

  /** Starts a step, or sleeps when nothing can be scheduled. */
  startStep(now: number): void {
    if (this.spec.async_scheduling === true) {
      this.#startFixed(now);
      return;
    }
    let { step, preempted } = this.schedule(now);
    // Everybody who ran has been preempted: their blocks are free now, so look again at the same instant.
    while (step.size === 0 && preempted) ({ step, preempted } = this.schedule(now));
    if (step.size === 0) return;
    this.#step = step;
    this.#begin(step, now);
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

  /** Starts the step whose batch was fixed when the last one started, and fixes that of the next as if it were over. */
  #startFixed(now: number): void {
    if (this.#fixed.size === 0) this.#fixed = this.schedule(now).step;
    if (this.#fixed.size === 0) return;
    this.#begin(this.#fixed, now);
    const left = new Map<Visit, number>();
    const finishing = new Set<Visit>();
    for (const [visit, tokens] of this.#fixed) {
      visit.computed += tokens;
      left.set(visit, uncomputed(visit));
      if (uncomputed(visit) > 0) continue;
      if (this.stage !== 'prefill') visit.generated++;
      if (this.stage === 'prefill' || visit.generated === visit.output_tokens) finishing.add(visit);
    }
    this.#step = left;
    this.finishing = finishing;
    this.#fixed = this.schedule(now).step;
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

  /** A step begins with what has been computed before it. */
  #begin(step: Step, start_s: number): void {
    const end_s = start_s + this.copy_s + this.#seconds(step);
    this.copy_s = 0;
    this.step_end_s = end_s;
    if (this.stage !== 'prefill') return;
    for (const [visit, tokens] of step) {
      const known = visit.chunks.reduce((sum, chunk) => sum + chunk.tokens, 0);
      const chunk = { tokens: visit.computed + tokens - known, start_s, end_s };
      visit.chunks.push(chunk);
      this.told.begins(visit, chunk);
    }
  }

  #seconds(step: Step): number {
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
