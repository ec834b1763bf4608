/**
 * The oracle of transfers between replicas: docs/model.md as a plain loop over instants, for links that do not share.
 * Shares no code with the engine but the arithmetic of layers, which is proved by itself.
 */
import type { KvLink } from '../../src/index.ts';
import { LayerOverlap } from '../../src/transfer/layer-overlap.ts';
import type { Given } from './clusters.ts';
import { PlainReplica, type Visit } from './plain-replica.ts';

interface Transfer {
  readonly visit: Visit;
  readonly end_s: number;
}

/** Every request after the last is done; those that no decode replica could hold have no tokens. */
export function plainTransfers({ cluster, requests }: Given): readonly Visit[] {
  const { link, first_token = 'decode' } = cluster;
  let now = 0;
  let transfers: Transfer[] = [];
  const homes = new Map<Visit, { readonly from: PlainReplica; readonly to: PlainReplica }>();
  const start = (visit: Visit): void => {
    visit.transfer_start_s = now;
    transfers.push({ visit, end_s: endOf(visit, link, now) });
  };
  const pool = (replicas: number, prefills: boolean): PlainReplica[] =>
    Array.from(
      { length: replicas },
      () => new PlainReplica(prefills ? cluster.prefill_replica : cluster.decode_replica, prefills, start),
    );
  const prefill = pool(cluster.prefill_replicas, true);
  const decode = pool(cluster.decode_replicas, false);
  const replicas = [...prefill, ...decode];
  let at_s = 0;
  const arrivals = requests.map(([gap_s]) => (at_s += gap_s));
  const visits = requests.map(([, prompt, output], id) => newVisit(id, prompt, output));
  let arrived = 0;
  let turns = 0;

  for (;;) {
    now = Math.min(
      arrivals[arrived] ?? Number.POSITIVE_INFINITY,
      ...replicas.map(({ end_s }) => end_s),
      ...transfers.map(({ end_s }) => end_s),
    );
    if (now === Number.POSITIVE_INFINITY) return visits;

    const prefilled: Array<readonly [Visit, PlainReplica]> = [];
    for (const replica of replicas.filter(({ end_s }) => end_s === now)) {
      for (const visit of replica.end()) if (prefill.includes(replica)) prefilled.push([visit, replica]);
    }
    for (const [visit, from] of prefilled.sort(([a], [b]) => a.id - b.id)) {
      if (first_token === 'prefill') {
        visit.generated = 1;
        visit.token_s.push(now);
        if (visit.output === 1) {
          from.returnBlocks(visit);
          continue;
        }
      }
      const to = decode[turns++ % decode.length] ?? from;
      homes.set(visit, { from, to });
      if (link.reserve === true && to.fits(visit)) to.ask(visit);
      else start(visit);
    }

    const ending = transfers.filter(({ end_s }) => end_s === now).map(({ visit }) => visit);
    transfers = transfers.filter(({ end_s }) => end_s !== now);
    for (const visit of ending.sort((a, b) => a.id - b.id)) {
      const home = homes.get(visit);
      if (home === undefined) throw new Error('a transfer from nowhere');
      home.from.returnBlocks(visit);
      visit.decode_queued_s = now;
      visit.with_kv = true;
      visit.computed = visit.prompt - 1 + visit.generated;
      if (visit.holds) visit.blocks = Math.ceil((visit.computed + 1) / cluster.decode_replica.block_size);
      if (home.to.fits(visit)) home.to.waiting.push(visit);
    }

    for (; arrivals[arrived] === now; arrived++) {
      const visit = visits[arrived];
      const replica = prefill[arrived % prefill.length];
      if (visit !== undefined && replica?.fits(visit) === true) replica.waiting.push(visit);
    }

    for (const replica of replicas) if (replica.end_s === Number.POSITIVE_INFINITY) replica.start(now);
  }
}

function endOf(visit: Visit, link: KvLink, now: number): number {
  const token_s = link.kv_bytes_per_token / link.bandwidth_bytes_per_s;
  if (link.overlap !== 'layerwise') return now + link.latency_s + visit.prompt * token_s;
  const overlap = new LayerOverlap(link);
  let before = 0;
  for (const [tokens, start_s, end_s] of visit.chunks) {
    overlap.computed(visit.id, before, before + tokens, start_s, end_s);
    before += tokens;
  }
  return overlap.takeSent(visit.id) + link.latency_s;
}

function newVisit(id: number, prompt: number, output: number): Visit {
  return {
    id,
    prompt,
    output,
    computed: 0,
    generated: 0,
    blocks: 0,
    with_kv: false,
    holds: false,
    preemptions: 0,
    chunks: [],
    prefill_end_s: Number.NaN,
    transfer_start_s: Number.NaN,
    decode_queued_s: Number.NaN,
    decode_start_s: Number.NaN,
    token_s: [],
  };
}
