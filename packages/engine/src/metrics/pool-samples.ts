/**
 * Waiting and service of one pool, over the requests of the TTFT sample that it prefilled or decoded.
 * Knows no queue and no GPU.
 */
import { BLOCK, type RequestBlock } from './request-block.ts';
import type { Sample } from './sample.ts';

/** Values on their way into samples. */
const waits = new Float64Array(BLOCK);
const services = new Float64Array(BLOCK);

export class PoolSamples {
  readonly waiting_s: Sample;
  readonly service_s: Sample;

  constructor(newSample: () => Sample) {
    this.waiting_s = newSample();
    this.service_s = newSample();
  }

  /** Adds the requests of `block` that pool number `pool` served and whose first token came at `from_s` or later. */
  addAll(block: RequestBlock, pool: number, from_s: number): void {
    const { slots, size } = block;
    const { arrival_s, prefill_pool, prefill_start_s, prefill_end_s } = block.requests;
    const { decode_queued_s, decode_pool, decode_start_s, first_token_s, completed_s } = block.requests;
    let waited = 0;
    let served = 0;
    for (let row = 0; row < size; row++) {
      const slot = slots[row] ?? 0;
      if (!((first_token_s[slot] ?? 0) >= from_s)) continue;
      const prefilled = prefill_pool[slot] === pool;
      const decoded = decode_pool[slot] === pool;
      if (!prefilled && !decoded) continue;
      const queued_s = (prefilled ? arrival_s[slot] : decode_queued_s[slot]) ?? 0;
      const start_s = (prefilled ? prefill_start_s[slot] : decode_start_s[slot]) ?? 0;
      const end_s = (decoded ? completed_s[slot] : prefill_end_s[slot]) ?? 0;
      waits[waited++] = start_s - queued_s;
      const service_s = end_s - start_s;
      // A service whose end nobody knew when the run ended is not a sample.
      if (!Number.isNaN(service_s)) services[served++] = service_s;
    }
    this.waiting_s.addAll(waits, waited);
    this.service_s.addAll(services, served);
  }
}
