/** Why the nearest miss of a plan does not pass, in words that fit each reason. */
import { expect, it } from 'vitest';
import { planCapacity } from '../../src/planning/plan-capacity.ts';
import type { PlanReport } from '../../src/planning/plan-report.ts';
import type { Reason } from '../../src/planning/reason.ts';
import { planDocument } from '../../src/views/plan-document.ts';
import { kindOf, madeUpRunner, questionOf } from './made-up.ts';

/** Nothing passes: of the requests `attained` meet the SLOs, whatever the cluster. */
async function missOf(attained: number, reason: Reason, unfinished = 0): Promise<string | undefined> {
  const report = await planCapacity(
    questionOf([kindOf('mono', [{}])], { rate_per_s: 1, max_gpus: 4 }),
    {
      runner: madeUpRunner(() => 0.5),
      rule: { target: 0.9, error: 0.05, looks: [3] },
      seeds: [1, 2, 3, 4, 5, 6],
    },
    new Map(),
  );
  const { nearest_miss } = report;
  if (nearest_miss === null) throw new Error('something passes');
  const { decision, evidence } = nearest_miss.examined;
  const examined = {
    ...nearest_miss.examined,
    reason,
    decision: { ...decision, mean: attained },
    evidence: { ...evidence, unfinished },
  };
  const changed: PlanReport = { ...report, nearest_miss: { ...nearest_miss, examined } };
  const { answer } = planDocument(changed, { origin: [] });
  return answer.map(({ text }) => text).find((text) => text.startsWith('Nearest miss'));
}

const SHARE = 'Nearest miss: mono with 1 GPU. Of the requests 50.0 % meet the SLOs (90.0 % asked)';

it.each<[Reason, string]>([
  ['ttft', 'most of the others miss the TTFT SLO'],
  ['tpot', 'most of the others miss the TPOT SLO'],
  ['overloaded', 'a queue grows all along'],
  ['kv_capacity', 'there is too little memory for the KV cache'],
  ['does_not_fit', 'the model does not fit the GPUs'],
])('%s', async (reason, cause) => {
  expect(await missOf(0.5, reason)).toBe(`${SHARE}: ${cause}.`);
});

it('a cluster that attains enough and is overloaded is no contradiction', async () => {
  expect(await missOf(0.95, 'overloaded')).toMatch(
    /95\.0 % meet the SLOs \(90\.0 % asked\), but a queue grows/,
  );
});

it('requests that the end of the run cut off miss no SLO by being slow', async () => {
  expect(await missOf(0.5, 'tpot', 0.3)).toBe(
    `${SHARE}: most of the others had not finished when the run ended.`,
  );
});
