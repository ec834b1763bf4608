/** What holds of every run of the replicas, seen from outside: accounts, causality, conservation of blocks and work. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PoolState, type ReplicaSpec, simulate, transferSeconds } from '../../src/index.ts';
import { engineRun, planOf } from './engine-run.ts';
import { type Cluster, clusterOf, INSTANTS, type StepRow } from './scenario.ts';
import { anyScenario, disaggScenario, monoScenario, type Scenario } from './scenarios.ts';

function blocksFor({ block_size }: ReplicaSpec, tokens: number): number {
  return Math.ceil(tokens / block_size);
}

function neverFits(cluster: Cluster, prompt: number, output: number): boolean {
  const lacks = (spec: ReplicaSpec, tokens: number): boolean =>
    blocksFor(spec, tokens) > (spec.num_gpu_blocks ?? Number.POSITIVE_INFINITY);
  if (cluster.mode === 'mono') return lacks(cluster.replica, prompt + output - 1);
  return lacks(cluster.prefill_replica, prompt) || lacks(cluster.decode_replica, prompt + output - 1);
}

describe('accounts', () => {
  it('everybody completes, however often preempted, but those who could never fit', () =>
    fc.assert(
      fc.property(anyScenario(40), ({ cluster, workload }) => {
        const { rows } = engineRun(cluster, workload);
        expect(rows.map(({ outcome }) => outcome)).toEqual(
          workload.map(({ prompt_tokens, output_tokens }) =>
            neverFits(cluster, prompt_tokens, output_tokens) ? 'rejected' : 'completed',
          ),
        );
      }),
      { numRuns: 120 },
    ));

  it('an answer of n tokens has n − 1 gaps, which sum to the time from its first token to its last', () =>
    fc.assert(
      fc.property(anyScenario(40), ({ cluster, workload }) => {
        const { rows, result } = engineRun(cluster, workload);
        const done = rows.flatMap((row, id) => {
          const given = workload[id];
          return row.outcome === 'completed' && given !== undefined ? [{ ...row, ...given }] : [];
        });
        const gaps = done.reduce((sum, { output_tokens }) => sum + output_tokens - 1, 0);
        const seconds = done.reduce(
          (sum, { first_token_s, completed_s }) => sum + completed_s - first_token_s,
          0,
        );
        const { count, mean } = result.report.itl_s;
        expect(count).toBe(gaps);
        if (gaps > 0) expect(Math.abs((mean ?? 0) * gaps - seconds)).toBeLessThan(1e-9 * (1 + seconds));
      }),
      { numRuns: 120 },
    ));
});

describe('causality', () => {
  it('each instant of a request comes after its cause, and no token sooner than a step', () =>
    fc.assert(
      fc.property(anyScenario(40), ({ cluster, workload }) => {
        const { mode, replica, decode_replica } = cluster;
        const step_s = (mode === 'mono' ? replica : decode_replica).step_time.base_s * (1 - 1e-9);
        for (const [id, row] of engineRun(cluster, workload).rows.entries()) {
          const chain = [row.arrival_s, ...INSTANTS.map((name) => row[name])].filter((t) => !Number.isNaN(t));
          expect(chain, `request ${id}`).toEqual([...chain].sort((a, b) => a - b));
          if (row.outcome !== 'completed') continue;
          if (mode === 'mono') expect(row.first_token_s).toBe(row.prefill_end_s);
          else
            expect(row.first_token_s - row.decode_scheduled_s).toBeGreaterThanOrEqual(
              step_s - 1e-12 * row.completed_s,
            );
          const answer_s = ((workload[id]?.output_tokens ?? 1) - 1) * step_s;
          expect(row.completed_s - row.first_token_s).toBeGreaterThanOrEqual(
            answer_s - 1e-12 * row.completed_s,
          );
        }
      }),
      { numRuns: 120 },
    ));

  it('what has happened does not depend on who arrives later', () =>
    fc.assert(
      fc.property(anyScenario(40), fc.nat(), ({ cluster, workload }, cut) => {
        const kept = 1 + (cut % workload.length);
        const next = workload[kept]?.arrival_s ?? Number.POSITIVE_INFINITY;
        const all = engineRun(cluster, workload).rows.slice(0, kept);
        const fewer = engineRun(cluster, workload.slice(0, kept)).rows;
        const past = (row: StepRow): number[] =>
          INSTANTS.map((name) => (row[name] < next ? row[name] : Number.NaN));
        for (const [id, row] of all.entries()) {
          const before = fewer[id];
          if (before === undefined) throw new RangeError(`no row ${id}`);
          for (const [k, t] of past(row).entries()) {
            const other = past(before)[k] ?? Number.NaN;
            if (Number.isNaN(t) && Number.isNaN(other)) continue;
            expect(Math.abs(t - other), `request ${id}`).toBeLessThanOrEqual(1e-9 * t);
          }
        }
      }),
      { numRuns: 120 },
    ));

  it('a run that ends sooner is the beginning of the longer one, to the bit', () =>
    fc.assert(
      fc.property(
        anyScenario(40),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        ({ cluster, workload }, share) => {
          const plan = planOf(cluster, workload);
          const { requests: whole, report } = simulate(plan);
          const sim_seconds = share * report.end_s + 1e-6;
          const { requests: part } = simulate({ ...plan, sim_seconds });
          if (whole === null || part === null) throw new Error('the run kept no requests');
          for (let id = 0; id < part.length; id++) {
            for (const name of [
              'prefill_start_s',
              'prefill_end_s',
              'first_token_s',
              'completed_s',
            ] as const) {
              const t = whole[name][id] ?? Number.NaN;
              expect(part[name][id], `${name} of ${id}`).toBe(t < sim_seconds ? t : Number.NaN);
            }
          }
        },
      ),
      { numRuns: 120 },
    ));
});

describe('blocks come back', () => {
  /** Two requests for each replica that want all of its blocks, long after everybody else is done. */
  function probed(spec: ReplicaSpec, replicas: number, workload: Scenario['workload']) {
    const arrival_s = 1e6;
    const prompt_tokens = (spec.num_gpu_blocks ?? 0) * spec.block_size;
    const probes = Array.from({ length: 2 * replicas }, () => ({
      arrival_s,
      prompt_tokens,
      output_tokens: 1,
    }));
    return { probes, workload: [...workload, ...probes] };
  }
  const tight = ({ num_gpu_blocks, enable_chunked_prefill }: ReplicaSpec): boolean =>
    num_gpu_blocks !== undefined && enable_chunked_prefill;
  const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

  it('mono: all of them, no more: one request takes all of a replica, a second waits for it', () =>
    fc.assert(
      fc.property(
        monoScenario(25).filter(({ cluster }) => tight(cluster.replica)),
        ({ cluster, workload }) => {
          const given = probed(cluster.replica, cluster.replicas, workload);
          const rows = engineRun(cluster, given.workload).rows.slice(-given.probes.length);
          const first = rows.slice(0, cluster.replicas);
          const second = rows.slice(cluster.replicas);
          for (const row of first) expect(row.scheduled_s).toBe(row.arrival_s);
          expect(second.map((row) => row.scheduled_s)).toEqual(first.map((row) => row.completed_s));
        },
      ),
      { numRuns: 100 },
    ));

  it('disagg: when the transfer ends', () =>
    fc.assert(
      fc.property(
        disaggScenario(25).filter(({ cluster }) => tight(cluster.prefill_replica)),
        ({ cluster, workload }) => {
          const replica = cluster.prefill_replica;
          const given = probed(replica, cluster.prefill_replicas, workload);
          const rows = engineRun({ ...cluster, decode_replica: replica }, given.workload).rows.slice(
            -given.probes.length,
          );
          const first = rows.slice(0, cluster.prefill_replicas);
          const second = rows.slice(cluster.prefill_replicas);
          for (const row of first) expect(row.scheduled_s).toBe(row.arrival_s);
          expect(sorted(second.map((row) => row.scheduled_s))).toEqual(
            sorted(first.map((row) => row.transfer_end_s)),
          );
        },
      ),
      { numRuns: 100 },
    ));
});

describe('work is conserved', () => {
  /** What a pool holds when everything that happens at an instant has happened. */
  function settled(states: readonly PoolState[], pool: string): PoolState[] {
    const own = states.filter((state) => state.pool === pool);
    return own.filter(({ time_s }, k) => time_s !== own[k + 1]?.time_s);
  }
  function statesOf(cluster: Cluster, workload: Scenario['workload']) {
    const states: PoolState[] = [];
    const run = engineRun(cluster, workload, ({ events }) => {
      events.poolStates.subscribe((state) => states.push(state));
    });
    return { states, rows: run.rows };
  }

  it('mono: nobody waits at a replica that sleeps', () =>
    fc.assert(
      fc.property(monoScenario(40), ({ cluster, workload }) => {
        const { states } = statesOf(clusterOf('mono', cluster.replica), workload);
        for (const { busy, waiting, time_s } of settled(states, 'replica'))
          if (busy === 0) expect(waiting, `${time_s}`).toBe(0);
      }),
      { numRuns: 120 },
    ));

  it('disagg: a prefill replica sleeps over a waiting prompt only for the blocks of transfers', () => {
    let slept = 0;
    fc.assert(
      fc.property(disaggScenario(40), ({ cluster: { link, prefill_replica, decode_replica }, workload }) => {
        const { num_gpu_blocks: _, ...roomy } = decode_replica;
        const cluster = clusterOf('disagg', prefill_replica, 1, { decode_replica: roomy, link });
        const { states, rows } = statesOf(cluster, workload);
        const accepted = rows.flatMap((row, id) =>
          row.outcome === 'rejected' ? [] : [{ ...row, prompt_tokens: workload[id]?.prompt_tokens ?? 0 }],
        );
        for (const { busy, waiting, time_s } of settled(states, 'prefill')) {
          if (busy === 1 || waiting === 0) continue;
          slept++;
          const head = accepted.find((row) => !(row.prefill_end_s <= time_s));
          const moving = accepted.filter(
            ({ prefill_end_s, prompt_tokens }) =>
              prefill_end_s <= time_s &&
              time_s < prefill_end_s + (link === undefined ? 0 : transferSeconds(link, prompt_tokens)),
          );
          const held = moving.reduce((sum, row) => sum + blocksFor(prefill_replica, row.prompt_tokens), 0);
          const first = Math.min(head?.prompt_tokens ?? 0, prefill_replica.max_num_batched_tokens);
          expect(head?.arrival_s).toBeLessThanOrEqual(time_s);
          expect(held + blocksFor(prefill_replica, first)).toBeGreaterThan(
            prefill_replica.num_gpu_blocks ?? Number.POSITIVE_INFINITY,
          );
        }
      }),
      { numRuns: 120 },
    );
    // The law would hold in a world where it never happens.
    expect(slept).toBeGreaterThan(0);
  });
});
