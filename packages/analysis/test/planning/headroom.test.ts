/** Up to which load a cluster passes, and whether it was shown to fail beyond. */
import { expect, it } from 'vitest';
import { planCapacity } from '../../src/planning/plan-capacity.ts';
import { planDocument } from '../../src/views/plan-document.ts';
import { type Attainment, kindOf, madeUpRunner, questionOf } from './made-up.ts';

async function planOf(attainment: Attainment) {
  const report = await planCapacity(
    questionOf([kindOf('mono', [{}])], { rate_per_s: 1, max_gpus: 1 }),
    {
      runner: madeUpRunner(attainment),
      rule: { target: 0.9, error: 0.05, looks: [3] },
      seeds: [1, 2, 3, 4, 5, 6],
    },
    new Map(),
  );
  const { answer } = planDocument(report, { origin: [] });
  return {
    headroom: report.smallest?.headroom,
    text: answer.map(({ text }) => text).find((text) => text.startsWith('Headroom')),
  };
}

it('says that it fails where that was shown', async () => {
  const { headroom, text } = await planOf(({ rate_per_s }) => (rate_per_s < 5 ? 1 : 0.5));
  expect(headroom).toMatchObject({ fails_decided: true });
  expect(text).toMatch(
    /^Headroom: it passes up to 4\.9\d req\/s \(.* more\) and no longer at 5\.0\d req\/s\.$/,
  );
});

it('says that the runs do not tell where they differ too much', async () => {
  const { headroom, text } = await planOf(({ rate_per_s, seed }) => {
    if (rate_per_s < 5) return 1;
    return rate_per_s < 6 ? 0.91 - 0.02 * (seed % 3) : 0.5;
  });
  expect(headroom).toMatchObject({ fails_decided: false });
  expect(text).toMatch(
    /^Headroom: it passes up to 4\.9\d req\/s \(.* more\); at 5\.0\d req\/s the runs do not tell\.$/,
  );
});
