/**
 * The oracle of the step model: docs/model.md as a plain loop over instants, O(batch) a step.
 * At equal times steps end before transfers, transfers before arrivals, arrivals before new steps.
 * Shares no code with the engine but the types of what is simulated.
 */
import type { ReplicaStage } from '../../src/index.ts';
import { tokensMoved, transferEnd_s } from './plain-link.ts';
import { PlainReplica } from './plain-replica.ts';
import { afterTransfer, namesOf, newVisit, type Visit } from './plain-visit.ts';
import type { Cluster, Gap, PoolRun, StepRow, StepRun, Workload } from './scenario.ts';

interface Transfer {
  readonly visit: Visit;
  readonly from: PlainReplica;
  readonly to: PlainReplica;
  /** Infinity while it waits for blocks. */
  end_s: number;
}

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
  const { mode, link } = cluster;
  const rows = workload.map(({ arrival_s }): StepRow => newRow(arrival_s));
  const gaps: Gap[] = [];
  const moved_tokens: number[] = [];
  let transfers: Transfer[] = [];
  let arrived = 0;
  let routed = 0;

  const startTransfer = (visit: Visit, now: number): void => {
    const transfer = transfers.find((each) => each.visit === visit);
    if (transfer === undefined) throw new Error(`${visit.id} is not to be transferred`);
    transfer.end_s = transferEnd_s(link, visit, now);
    moved_tokens.push(tokensMoved(link, visit));
    at(rows, visit.id).transfer_start_s = now;
  };
  const pool = (size: number, spec: PlainReplica['spec'], stage: ReplicaStage): PlainReplica[] =>
    Array.from({ length: size }, () => new PlainReplica(spec, stage, startTransfer));
  const first =
    mode === 'mono'
      ? pool(cluster.replicas, cluster.replica, 'prefill_and_decode')
      : pool(cluster.prefill_replicas, cluster.prefill_replica, 'prefill');
  const second = mode === 'mono' ? [] : pool(cluster.decode_replicas, cluster.decode_replica, 'decode');
  const replicas = [...first, ...second];

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
      ...transfers.map(({ end_s }) => end_s),
    );

  for (let now = next(); now < Number.POSITIVE_INFINITY; now = next()) {
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
      const to = at(second, routed++ % second.length);
      transfers.push({ visit, from, to, end_s: Number.POSITIVE_INFINITY });
      if (link?.reserve === true && to.fits(visit)) to.ask(visit, now);
      else startTransfer(visit, now);
    }
    const ending = transfers.filter(({ end_s }) => end_s === now);
    transfers = transfers.filter(({ end_s }) => end_s !== now);
    for (const { visit, from, to } of ending.sort((a, b) => a.visit.id - b.visit.id)) {
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

    inspect(
      now,
      replicas,
      transfers.map(({ visit }) => visit),
      next(),
    );
  }
  for (const { waiting, running } of replicas) for (const visit of [...waiting, ...running]) note(visit);
  return { rows, gaps, moved_tokens, pools: (mode === 'mono' ? [first] : [first, second]).map(poolOf) };
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
