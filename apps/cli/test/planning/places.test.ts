/** What is wrong with the cluster that only a plan, a split or a crossover runs: it has a place, as in `run`. */
import { expect, it } from 'vitest';
import { folder, llmsim } from '../program.ts';

const STEPS = 'replica: {preset: llama-3.1-8b/bf16/h100-sxm/tp1}';
const OTHERS = `mode: mono
cluster_mono: {num_gpus: 4}
slo: {ttft_s: 1}
cluster_disagg:
  model: steps
  routing: session
  prefill_${STEPS}
  decode_${STEPS}
`;
const OWN = `mode: mono
cluster_mono: {model: steps, routing: session, ${STEPS}}
cluster_disagg: {model: steps, prefill_${STEPS}, decode_${STEPS}}
`;

it.each(['plan', 'split', 'crossover'])('%s points at the line of the other cluster', async (command) => {
  const cwd = folder({ 'others.yaml': OTHERS });
  const { code, stderr } = await llmsim([command, 'others.yaml', '--dry-run'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('others.yaml:6:12: routing is session, and the workload says no sessions');
});

it('asks nothing of a cluster that it does not run', async () => {
  const cwd = folder({ 'others.yaml': OTHERS, 'own.yaml': OWN });
  expect((await llmsim(['plan', 'others.yaml', '--mode', 'mono', '--dry-run'], { cwd })).code).toBe(0);
  expect((await llmsim(['split', 'own.yaml', '--gpus', '3', '--dry-run'], { cwd })).code).toBe(0);
});
