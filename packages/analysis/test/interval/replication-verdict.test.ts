import { expect, test } from 'vitest';
import { verdictOf } from '../../src/index.ts';

type State = 'stable' | 'backlogged' | 'overloaded';
const run = (state: State, pool = 'gpu') => ({
  verdict: { state, reason: '', pool: state === 'stable' ? null : pool },
});
const [stable, backlogged, overloaded] = [run('stable'), run('backlogged'), run('overloaded')];

test.each<[State, ReturnType<typeof run>[]]>([
  ['stable', [stable]],
  ['stable', [stable, stable, backlogged]],
  ['backlogged', [stable, backlogged]],
  ['backlogged', [stable, stable, backlogged, overloaded]],
  ['overloaded', [stable, overloaded]],
  ['overloaded', [backlogged, overloaded, overloaded]],
])('%s', (state, reports) => {
  const verdict = verdictOf(reports);
  expect(verdict.state).toBe(state);
  const { runs } = verdict;
  expect(runs.stable + runs.backlogged + runs.overloaded).toBe(reports.length);
});

test('names the pool of most runs, and none when stable', () => {
  const [prefill, decode] = [run('overloaded', 'prefill'), run('overloaded', 'decode')];
  expect(verdictOf([decode, prefill, prefill]).pool).toBe('prefill');
  expect(verdictOf([decode, prefill]).pool).toBe('decode');
  expect(verdictOf([stable, stable, prefill]).pool).toBeNull();
  expect(() => verdictOf([])).toThrow(new RangeError('reports must hold at least one report, got none'));
});
