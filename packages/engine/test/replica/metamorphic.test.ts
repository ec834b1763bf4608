/** Changes of a run of replicas that change nothing else, or everything by the same factor. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KvLink, ReplicaSpec } from '../../src/index.ts';
import { engineRun } from './engine-run.ts';
import { plainStepLoop } from './plain-step-loop.ts';
import { type Cluster, clusterOf, expectSameRows, INSTANTS, type StepRow } from './scenario.ts';
import { anyScenario, monoScenario } from './scenarios.ts';

function scaled<T extends object>(given: T, factor: number, names: ReadonlyArray<keyof T>): T {
  return { ...given, ...Object.fromEntries(names.map((name) => [name, Number(given[name]) * factor])) };
}

function slowedReplica(replica: ReplicaSpec, unit: number): ReplicaSpec {
  const step_time = scaled(replica.step_time, unit, [
    'base_s',
    'prefill_token_s',
    'decode_seq_s',
    'decode_context_token_s',
    'prefill_attention_s',
  ]);
  return { ...replica, step_time };
}

function slowedLink(link: KvLink, unit: number): KvLink {
  const { nic_bytes_per_s: { prefill, decode } = {}, fabric_bytes_per_s, ...others } = link;
  const cards = {
    ...(prefill === undefined ? {} : { prefill: prefill / unit }),
    ...(decode === undefined ? {} : { decode: decode / unit }),
  };
  return {
    ...scaled(others, unit, ['latency_s']),
    bandwidth_bytes_per_s: link.bandwidth_bytes_per_s / unit,
    ...(link.nic_bytes_per_s === undefined ? {} : { nic_bytes_per_s: cards }),
    ...(fabric_bytes_per_s === undefined ? {} : { fabric_bytes_per_s: fabric_bytes_per_s / unit }),
  };
}

function slowed(cluster: Cluster, unit: number): Cluster {
  return {
    ...cluster,
    replica: slowedReplica(cluster.replica, unit),
    prefill_replica: slowedReplica(cluster.prefill_replica, unit),
    decode_replica: slowedReplica(cluster.decode_replica, unit),
    link: cluster.link && slowedLink(cluster.link, unit),
  };
}

describe('time', () => {
  it('in a unit 2^k times as long gives every instant 2^k times as late, to the bit', () =>
    fc.assert(
      fc.property(anyScenario(30), fc.integer({ min: -12, max: 12 }), ({ cluster, workload }, k) => {
        const unit = 2 ** k;
        const before = engineRun(cluster, workload);
        const after = engineRun(
          slowed(cluster, unit),
          workload.map((row) => scaled(row, unit, ['arrival_s'])),
        );
        expect(after.rows).toEqual(before.rows.map((row) => scaled(row, unit, ['arrival_s', ...INSTANTS])));
        expect(after.steps).toEqual(before.steps);
      }),
      { numRuns: 150 },
    ));

  it('that starts later moves every instant by as much', () =>
    fc.assert(
      fc.property(anyScenario(30), fc.integer({ min: 1, max: 100 }), ({ cluster, workload }, delay_s) => {
        // Else the last bit, which is another one later, decides which transfer ends first.
        fc.pre(plainStepLoop(cluster, workload).close_s > 1e-8);
        const moved = (row: StepRow): StepRow => ({
          ...row,
          ...Object.fromEntries(INSTANTS.map((name) => [name, row[name] + delay_s])),
        });
        const later = engineRun(
          cluster,
          workload.map((row) => ({ ...row, arrival_s: row.arrival_s + delay_s })),
        );
        expectSameRows(later.rows, engineRun(cluster, workload).rows.map(moved));
      }),
      { numRuns: 150 },
    ));
});

describe('replicas', () => {
  it('that prefill and decode are so many clusters of one, each with the requests of its turn', () =>
    fc.assert(
      fc.property(monoScenario(60), ({ cluster, workload }) => {
        const { rows } = engineRun(cluster, workload);
        for (let turn = 0; turn < cluster.replicas; turn++) {
          const ofTurn = (_: unknown, id: number): boolean => id % cluster.replicas === turn;
          const alone = engineRun(clusterOf('mono', cluster.replica), workload.filter(ofTurn));
          expect(alone.rows).toEqual(rows.filter(ofTurn));
        }
      }),
      { numRuns: 120 },
    ));

  it('may trade places: requests rejected at the start shift all turns and change nothing else', () => {
    const limited = ({ mode, replica, prefill_replica }: Cluster): number | undefined =>
      (mode === 'mono' ? replica : prefill_replica).num_gpu_blocks;
    fc.assert(
      fc.property(
        anyScenario(30).filter(({ cluster }) => limited(cluster) !== undefined),
        fc.integer({ min: 1, max: 5 }),
        ({ cluster, workload }, shift) => {
          const { block_size } = cluster.mode === 'mono' ? cluster.replica : cluster.prefill_replica;
          const oversize = {
            arrival_s: 0,
            prompt_tokens: ((limited(cluster) ?? 0) + 1) * block_size,
            output_tokens: 1,
          };
          const shifted = engineRun(cluster, [...Array.from({ length: shift }, () => oversize), ...workload]);
          expect(shifted.rows.slice(0, shift).every(({ outcome }) => outcome === 'rejected')).toBe(true);
          expect(shifted.rows.slice(shift)).toEqual(engineRun(cluster, workload).rows);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('how a run is driven', () => {
  it('in slices of any size, watched or not: the same rows, steps and report', () =>
    fc.assert(
      fc.property(anyScenario(30), fc.integer({ min: 1, max: 20 }), ({ cluster, workload }, events) => {
        const whole = engineRun(cluster, workload);
        const sliced = engineRun(cluster, workload, (simulation) => {
          while (!simulation.advance(events).done);
        });
        const watched = engineRun(cluster, workload, (simulation) => {
          for (const stream of Object.values(simulation.events)) stream.subscribe(() => {});
        });
        for (const other of [sliced, watched]) {
          expect(other.rows).toEqual(whole.rows);
          expect(other.steps).toEqual(whole.steps);
          expect(other.result.report).toEqual(whole.result.report);
        }
      }),
      { numRuns: 100 },
    ));
});
