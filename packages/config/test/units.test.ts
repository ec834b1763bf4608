import { describe, expect, it } from 'vitest';
import { numberMeant } from '../src/load/units.ts';

describe('the number somebody meant', () => {
  it.each([
    ['600s', 'sim_seconds', 600],
    ['600 seconds', 'sim_seconds', 600],
    ['10m', 'sim_seconds', 600],
    ['1.5h', 'sim_seconds', 5400],
    ['500ms', 'ttft_s', 0.5],
    ['20 us', 'decode_seq_s', 2e-5],
    ['1_000', 'sim_seconds', 1000],
    ['8,000', 'prefill_tokens_per_s', 8000],
    ['8k', 'prefill_tokens_per_s', 8000],
    ['8k tokens/s', 'prefill_tokens_per_s', 8000],
    ['2/s', 'rate_per_s', 2],
    ['120/min', 'rate_per_s', 2],
    ['2 rps', 'rate_per_s', 2],
    ['3600 req/h', 'rate_per_s', 1],
    ['25GB/s', 'bandwidth_bytes_per_s', 25e9],
    ['25 GiB/s', 'bandwidth_bytes_per_s', 25 * 1024 ** 3],
    ['200Gbps', 'bandwidth_bytes_per_s', 25e9],
    ['128KiB', 'kv_bytes_per_token', 131072],
    ['4 GPUs', 'num_gpus', 4],
    ['1e3', 'max_requests', 1000],
    ['50%', 'x', 0.5],
  ])('%s under %s is %d', (text, key, number) => {
    expect(numberMeant(text, key)).toBe(number);
  });

  it.each([
    ['many', 'num_gpus'],
    ['', 'num_gpus'],
    ['-', 'num_gpus'],
    ['8 bananas', 'num_gpus'],
    ['8k', 'sim_seconds'],
    ['1e999', 'sim_seconds'],
    ['1:30', 'sim_seconds'],
  ])('%j under %s stays unknown', (text, key) => {
    expect(numberMeant(text, key)).toBeNull();
  });
});
