/**
 * The oracle of the step model: docs/model.md as a plain loop over instants, O(batch) a step.
 * At equal times steps end before transfers, transfers before arrivals, arrivals before new steps.
 * Shares no code with the engine but the types of what is simulated.
 */
import type { ReplicaStage } from '../../src/index.ts';
import { PlainReplica } from './plain-replica.ts';
import type { Told } from './plain-schedule.ts';
import { PlainTransfers } from './plain-transfers.ts';
import { afterTransfer, namesOf, newVisit, type Visit } from './plain-visit.ts';
import type { Cluster, Gap, PoolRun, StepRow, StepRun, Workload } from './scenario.ts';

/**
 * Called when everything that happens at an instant has happened; nothing more does until `next`. In transfer is also
 * who waits for its transfer.
 */
type Inspect = (
  now: number,
  replicas: readonly PlainReplica[],
  inTransfer: readonly Visit[],
  next: number,
) => void;

/** Called when a request arrives, before it joins a replica. */
type Arrives = (visit: Visit, first: readonly PlainReplica[], now: number) => void;

export function plainStepLoop(
  cluster: Cluster,
  workload: Workload,
  inspect: Inspect = () => {},
  arrives: Arrives = () => {},
): StepRun {
  const { mode } = cluster;
  const rows = workload.map(({ arrival_s }): StepRow => newRow(arrival_s));
  const gaps: Gap[] = [];
  let arrived = 0;

  const told: Told = {
    granted: (visit, now) => transfers.granted(visit, now),
    begins: (visit, chunk) => transfers.begins(visit, chunk),
  };
  const pool = (size: number, spec: PlainReplica['spec'], stage: ReplicaStage): PlainReplica[] =>
    Array.from({ length: size }, () => new PlainReplica(spec, stage, told));
  const first =
    mode === 'mono'
      ? pool(cluster.replicas, cluster.replica, 'prefill_and_decode')
      : pool(cluster.prefill_replicas, cluster.prefill_replica, 'prefill');
  const second = mode === 'mono' ? [] : pool(cluster.decode_replicas, cluster.decode_replica, 'decode');
  const replicas = [...first, ...second];
  const transfers = new PlainTransfers(cluster, first, second, (id, now) => {
    at(rows, id).transfer_start_s = now;
  });

  const note = (visit: Visit): void => {
    const row = at(rows, visit.id);
    if (visit.arrived_with_kv) row.decode_scheduled_s = visit.scheduled_s;
    else {
      row.scheduled_s = visit.scheduled_s;
      row.prefill_end_s = visit.prefill_end_s;
    }
    row.preemptions += visit.preemptions;
    if (visit.token_s.length === 0) return;
    row.first_token_s = at(visit.token_s, 0);
    if (Number.isNaN(visit.completed_s)) return;
    row.outcome = 'completed';
    row.completed_s = visit.completed_s;
    for (let k = 1; k < visit.token_s.length; k++) {
      const at_s = at(visit.token_s, k);
      gaps.push({ at_s, gap_s: at_s - at(visit.token_s, k - 1) });
    }
  };
  const join = (visit: Visit, replica: PlainReplica): void => {
    if (replica.fits(visit)) replica.waiting.push(visit);
    else at(rows, visit.id).outcome = 'rejected';
  };

  const next = (): number =>
    Math.min(
      workload[arrived]?.arrival_s ?? Number.POSITIVE_INFINITY,
      ...replicas.map(({ step_end_s }) => step_end_s),
      transfers.next(),
    );

  for (let now = next(); now < Number.POSITIVE_INFINITY; now = next()) {
    transfers.advance(now);
    const prefilled: { visit: Visit; from: PlainReplica }[] = [];
    for (const replica of replicas) {
      if (replica.step_end_s !== now) continue;
      for (const visit of replica.endStep()) {
        if (replica.stage === 'prefill' && cluster.first_token === 'prefill') {
          visit.generated = 1;
          visit.token_s.push(now);
          if (visit.output_tokens === 1) {
            visit.completed_s = now;
            replica.returnBlocks(visit);
          }
        }
        note(visit);
        if (replica.stage === 'prefill' && Number.isNaN(visit.completed_s))
          prefilled.push({ visit, from: replica });
      }
    }

    for (const { visit, from } of prefilled.sort((a, b) => a.visit.id - b.visit.id)) {
      transfers.computed(visit, from, now);
    }
    for (const { visit, from, to } of transfers.takeArrived(now)) {
      from.returnBlocks(visit);
      at(rows, visit.id).transfer_end_s = now;
      join(afterTransfer(visit, to.takeHeld(visit.id)), to);
    }

    for (let row = workload[arrived]; row?.arrival_s === now; row = workload[arrived]) {
      const replica = at(first, arrived % first.length);
      const names = namesOf(row, cluster.hashed_tokens ?? 1, replica.spec.block_size);
      const visit = newVisit(arrived, row, names);
      arrives(visit, first, now);
      join(visit, replica);
      arrived++;
    }

    for (const replica of replicas)
      if (replica.step_end_s === Number.POSITIVE_INFINITY) replica.startStep(now);

    transfers.rate(now);
    inspect(now, replicas, transfers.inTransfer, next());
  }
  for (const { waiting, running } of replicas) for (const visit of [...waiting, ...running]) note(visit);
  return {
    rows,
    gaps,
    transfers: transfers.started,
    moved_bytes: transfers.bytes,
    pools: (mode === 'mono' ? [first] : [first, second]).map(poolOf),
    close_s: closest(transfers.felt_ends_s, [
      ...workload.map(({ arrival_s }) => arrival_s),
      ...replicas.flatMap(({ step_ends_s }) => step_ends_s),
    ]),
  };
}

/** The least time from one of the instants `ends_s` to another of them or to one of the `others_s`. */
function closest(ends_s: readonly number[], others_s: readonly number[]): number {
  const instants = [
    ...ends_s.map((at_s) => ({ at_s, end: true })),
    ...others_s.map((at_s) => ({ at_s, end: false })),
  ];
  instants.sort((a, b) => a.at_s - b.at_s);
  let least = Number.POSITIVE_INFINITY;
  for (let k = 1; k < instants.length; k++) {
    const [one, other] = [at(instants, k - 1), at(instants, k)];
    if (one.end || other.end) least = Math.min(least, other.at_s - one.at_s);
  }
  return least;
}

function poolOf(replicas: readonly PlainReplica[]): PoolRun {
  return {
    step_ends_s: replicas.flatMap(({ step_ends_s }) => step_ends_s),
    preemptions_s: replicas.flatMap(({ preemptions_s }) => preemptions_s),
    copies: replicas.flatMap(({ copies }) => copies),
    admissions: replicas.flatMap(({ admissions }) => admissions),
  };
}

function newRow(arrival_s: number): StepRow {
  return {
    arrival_s,
    outcome: 'in_flight',
    scheduled_s: Number.NaN,
    prefill_end_s: Number.NaN,
    transfer_start_s: Number.NaN,
    transfer_end_s: Number.NaN,
    decode_scheduled_s: Number.NaN,
    first_token_s: Number.NaN,
    completed_s: Number.NaN,
    preemptions: 0,
  };
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`nothing at ${index}`);
  return item;
}
