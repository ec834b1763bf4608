/**
 * The oracle's replica: one engine step after another, one request after another, as docs/model.md writes it down.
 * Nothing is skipped, summed ahead or kept sorted. Knows no other replica and no transfers.
 */
import type { ReplicaSpec, ReplicaStage } from '../../src/index.ts';

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
  /** KV blocks it holds. */
  blocks: number;
  preemptions: number;
  /** When it was first admitted to the running set. */
  scheduled_s: number;
  prefill_end_s: number;
  /** When each of its tokens came. */
  readonly token_s: number[];
  completed_s: number;
}

export class PlainReplica {
  readonly spec: ReplicaSpec;
  readonly stage: ReplicaStage;
  readonly waiting: Visit[] = [];
  /** In order of admission. */
  readonly running: Visit[] = [];
  free_blocks: number;
  /** When each of its steps ended. */
  readonly step_ends_s: number[] = [];
  /** When it preempted, once for each request. */
  readonly preemptions_s: number[] = [];
  /** When the step under way ends, Infinity while the replica sleeps. */
  step_end_s: number = Number.POSITIVE_INFINITY;
  /** The new tokens of each request in the step under way. */
  #step: ReadonlyMap<Visit, number> = new Map();

  constructor(spec: ReplicaSpec, stage: ReplicaStage) {
    this.spec = spec;
    this.stage = stage;
    this.free_blocks = spec.num_gpu_blocks ?? Number.POSITIVE_INFINITY;
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
    this.free_blocks += visit.blocks;
    visit.blocks = 0;
  }

  /** Starts a step, or sleeps when nothing can be scheduled. */
  startStep(now: number): void {
    let { step, preempted } = this.#schedule(now);
    // Everybody who ran has been preempted: their blocks are free now, so look again at the same instant.
    while (step.size === 0 && preempted) ({ step, preempted } = this.#schedule(now));
    if (step.size === 0) return;
    this.#step = step;
    this.step_end_s = now + this.#seconds(step);
  }

  /** Ends the step under way and says who leaves. */
  endStep(): Visit[] {
    const now = this.step_end_s;
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
      this.returnBlocks(visit);
      leaving.push(visit);
    }
    for (const visit of leaving) this.running.splice(this.running.indexOf(visit), 1);
    this.step_ends_s.push(now);
    this.step_end_s = Number.POSITIVE_INFINITY;
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
      const tokens = Math.min(uncomputed(visit), budget);
      while (!this.#giveBlocks(visit, tokens)) {
        preempted = true;
        if (this.#preemptLast(now) === visit) break;
      }
      if (!this.running.includes(visit)) break;
      step.set(visit, tokens);
      budget -= tokens;
    }
    if (preempted) return { step, preempted };

    while (budget > 0 && this.running.length < max_num_seqs) {
      const [visit] = this.waiting;
      if (visit === undefined) break;
      if (!enable_chunked_prefill && uncomputed(visit) > budget) break;
      const tokens = Math.min(uncomputed(visit), budget);
      if (!this.#giveBlocks(visit, tokens)) break;
      this.waiting.shift();
      this.running.push(visit);
      if (Number.isNaN(visit.scheduled_s)) visit.scheduled_s = now;
      step.set(visit, tokens);
      budget -= tokens;
    }
    return { step, preempted };
  }

  /** Blocks for all that will be computed; false when they are lacking. */
  #giveBlocks(visit: Visit, tokens: number): boolean {
    const lacking = this.blocksFor(visit.computed + tokens) - visit.blocks;
    if (lacking > this.free_blocks) return false;
    this.free_blocks -= lacking;
    visit.blocks += lacking;
    return true;
  }

  #preemptLast(now: number): Visit {
    const visit = this.running.pop();
    if (visit === undefined) throw new Error('nobody is left to preempt');
    this.returnBlocks(visit);
    visit.computed = 0;
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
