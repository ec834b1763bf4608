/** What `validate` prints stays within 80 columns, also of what is long. */
import { expect, it } from 'vitest';
import { llmsim } from './program.ts';

it.each([
  ['azure-conv-disagg'],
  ['example', '--set', 'prompt_tokens={mode: p50_p90, p50: 123456, p90: 1234567}'],
  [
    'steps-mono',
    '--set',
    'cluster_mono.replica={model: llama-3.3-70b, gpu: h100-sxm, tensor_parallel_size: 8}',
  ],
])('validate %j', async (...args) => {
  const { code, stdout } = await llmsim(['validate', ...args]);
  expect(code).toBe(0);
  expect(stdout).toContain('is valid');
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
