/**
 * Counts SLO attainment over the requests that arrived inside the window.
 * Knows no clock: it is told what became of each. A request that never finished misses every SLO it had.
 */
import type { Slo } from '../plan.ts';
import type { SloReport } from '../result.ts';

export class SloCount {
  readonly #ttft_s: number;
  readonly #tpot_s: number;
  readonly #slo: Slo;
  #judged = 0;
  #met = 0;
  #metTtft = 0;
  #metTpot = 0;
  #withTpot = 0;

  constructor(slo: Slo) {
    this.#slo = slo;
    this.#ttft_s = slo.ttft_s ?? Number.POSITIVE_INFINITY;
    this.#tpot_s = slo.tpot_s ?? Number.POSITIVE_INFINITY;
  }

  /** A completed request; `tpot_s` is null for a one-token output. */
  completed(ttft_s: number, tpot_s: number | null): void {
    const inTtft = ttft_s <= this.#ttft_s;
    const inTpot = tpot_s === null || tpot_s <= this.#tpot_s;
    this.#judged++;
    if (inTtft) this.#metTtft++;
    if (tpot_s !== null) {
      this.#withTpot++;
      if (inTpot) this.#metTpot++;
    }
    if (inTtft && inTpot) this.#met++;
  }

  /** A rejected or unfinished request; its first token may still have come in time (NaN: it has not come). */
  unfinished(ttft_s: number, hasTpot: boolean): void {
    this.#judged++;
    if (ttft_s <= this.#ttft_s) this.#metTtft++;
    if (hasTpot) this.#withTpot++;
  }

  report(window_s: number): SloReport {
    const { ttft_s = null, tpot_s = null } = this.#slo;
    const share = (met: number, of: number): number | null => (of > 0 ? met / of : null);
    return {
      ttft_s,
      tpot_s,
      judged: this.#judged,
      met: this.#met,
      attainment: share(this.#met, this.#judged),
      ttft_attainment: ttft_s === null ? null : share(this.#metTtft, this.#judged),
      tpot_attainment: tpot_s === null ? null : share(this.#metTpot, this.#withTpot),
      goodput_rps: window_s > 0 ? this.#met / window_s : 0,
    };
  }
}
