/**
 * The oracle's replica, with a line for KV blocks: one engine step after another, one request after another, as
 * docs/model.md writes it down. Knows no other replica and no transfers.
 */
import type { ReplicaSpec } from '../../src/index.ts';

/** One request, on the replica where it is now. */
export interface Visit {
  readonly id: number;
  readonly prompt: number;
  readonly output: number;
  computed: number;
  generated: number;
  blocks: number;
  /** Its KV came over the link. */
  with_kv: boolean;
  /** Arrived, or will arrive, with its blocks held. */
  holds: boolean;
  preemptions: number;
  /** Tokens, start and end of each chunk of the present prefill. */
  chunks: Array<readonly [tokens: number, start_s: number, end_s: number]>;
  prefill_end_s: number;
  transfer_start_s: number;
  decode_queued_s: number;
  decode_start_s: number;
  token_s: number[];
}

export class PlainReplica {
  readonly waiting: Visit[] = [];
  readonly running: Visit[] = [];
  readonly line: Visit[] = [];
  free: number;
  end_s: number = Number.POSITIVE_INFINITY;
  readonly #spec: ReplicaSpec;
  readonly #prefills: boolean;
  readonly #granted: (visit: Visit) => void;
  #start_s = 0;
  #step = new Map<Visit, number>();

  constructor(spec: ReplicaSpec, prefills: boolean, granted: (visit: Visit) => void) {
    this.#spec = spec;
    this.#prefills = prefills;
    this.#granted = granted;
    this.free = spec.num_gpu_blocks ?? Number.POSITIVE_INFINITY;
  }

  fits({ prompt, output }: Visit): boolean {
    const most = this.#prefills ? prompt : prompt + output - 1;
    return this.#blocksFor(most) <= (this.#spec.num_gpu_blocks ?? Number.POSITIVE_INFINITY);
  }

  returnBlocks(visit: Visit): void {
    this.free += visit.blocks;
    visit.blocks = 0;
  }

  ask(visit: Visit): void {
    this.line.push(visit);
    if (this.line.length === 1) this.#grant();
  }

  start(now: number): void {
    let preempted = this.#schedule(now);
    while (this.#step.size === 0 && preempted) preempted = this.#schedule(now);
    this.#start_s = now;
    if (this.#step.size > 0) this.end_s = now + this.#seconds();
  }

  end(): Visit[] {
    const now = this.end_s;
    const leaving: Visit[] = [];
    for (const [visit, tokens] of this.#step) {
      if (visit.computed === 0) visit.chunks = [];
      visit.chunks.push([tokens, this.#start_s, now]);
      visit.computed += tokens;
      if (left(visit) > 0) continue;
      if (this.#prefills) visit.prefill_end_s = now;
      else {
        visit.generated++;
        visit.token_s.push(now);
        if (visit.generated < visit.output) continue;
        this.returnBlocks(visit);
      }
      leaving.push(visit);
    }
    for (const visit of leaving) this.running.splice(this.running.indexOf(visit), 1);
    this.#step = new Map();
    this.end_s = Number.POSITIVE_INFINITY;
    return leaving.sort((a, b) => a.id - b.id);
  }

  #schedule(now: number): boolean {
    const { max_num_seqs, max_num_batched_tokens } = this.#spec;
    this.#step = new Map();
    let budget = max_num_batched_tokens;
    let preempted = false;
    for (const visit of [...this.running]) {
      if (budget === 0 || !this.running.includes(visit)) break;
      const tokens = Math.min(left(visit), budget);
      while (this.running.includes(visit) && !this.#give(visit, visit.computed + tokens)) {
        preempted = true;
        this.#preempt(this.running.pop());
      }
      if (!this.running.includes(visit)) break;
      this.#step.set(visit, tokens);
      budget -= tokens;
    }
    if (preempted) return true;
    const admit = (visit: Visit): boolean => {
      const tokens = Math.min(left(visit), budget);
      if (budget === 0 || this.running.length === max_num_seqs) return false;
      if (!this.#give(visit, visit.computed + tokens)) return false;
      visit.holds = false;
      this.waiting.splice(this.waiting.indexOf(visit), 1);
      this.running.push(visit);
      if (!this.#prefills && Number.isNaN(visit.decode_start_s)) visit.decode_start_s = now;
      this.#step.set(visit, tokens);
      budget -= tokens;
      return true;
    };
    for (const visit of this.waiting.filter(({ holds }) => holds)) if (!admit(visit)) break;
    for (const visit of this.waiting.filter(({ holds }) => !holds)) if (!admit(visit)) break;
    this.#grant();
    return false;
  }

  #grant(): void {
    for (let [visit] = this.line; visit !== undefined; [visit] = this.line) {
      if (this.waiting.some(({ holds }) => !holds)) return;
      const blocks = this.#blocksFor(visit.prompt + visit.generated);
      if (blocks > this.free) return;
      this.free -= blocks;
      this.line.shift();
      visit.holds = true;
      this.#granted(visit);
    }
  }

  #give(visit: Visit, tokens: number): boolean {
    const lacking = this.#blocksFor(tokens) - visit.blocks;
    if (lacking > this.free) return false;
    this.free -= lacking;
    visit.blocks += lacking;
    return true;
  }

  #preempt(visit: Visit | undefined): void {
    if (visit === undefined) throw new Error('nobody is left to preempt');
    this.returnBlocks(visit);
    visit.computed = 0;
    if (!this.#prefills) visit.preemptions++;
    this.waiting.unshift(visit);
  }

  #blocksFor(tokens: number): number {
    return Math.ceil(tokens / this.#spec.block_size);
  }

  #seconds(): number {
    const { base_s, prefill_token_s, decode_seq_s, decode_context_token_s, prefill_attention_s } =
      this.#spec.step_time;
    let seconds = base_s;
    for (const [visit, n] of this.#step) {
      const decodes = left(visit) === 1 && (visit.generated > 0 || visit.with_kv);
      seconds += decodes
        ? decode_seq_s + decode_context_token_s * (visit.computed + 1)
        : prefill_token_s * n + prefill_attention_s * n * (visit.computed + n / 2);
    }
    return seconds;
  }
}

function left({ prompt, generated, computed }: Visit): number {
  return prompt + generated - computed;
}
