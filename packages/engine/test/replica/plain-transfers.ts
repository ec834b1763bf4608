/**
 * The oracle's transfers: where the KV of each request goes, what it waits for there, and when it has arrived.
 * Knows no steps; bytes that share a network move in it.
 */
import { partsOf, tokensMoved, transferEnd_s } from './plain-link.ts';
import { type PlainFlow, PlainNetwork } from './plain-network.ts';
import type { PlainReplica } from './plain-replica.ts';
import type { Chunk, Visit } from './plain-visit.ts';
import type { Cluster } from './scenario.ts';

interface Transfer {
  readonly visit: Visit;
  readonly from: PlainReplica;
  /** Null until it is chosen. */
  to: PlainReplica | null;
  /** Null until then, and where nobody shares. */
  flow: PlainFlow | null;
  /** Since when it may move; Infinity while it waits for blocks. */
  held_s: number;
  /** Whether its prompt has been computed. */
  computed: boolean;
  /** Infinity while that is not known. */
  end_s: number;
}

/** Called when the prompt of a request is computed and it may move. */
type Started = (id: number, now: number) => void;

const NEVER = Number.POSITIVE_INFINITY;

export class PlainTransfers {
  /** Transfers that started. */
  started = 0;
  /** When transfers ended that others feel: over a shared network, or because one grant of blocks sends several. */
  readonly felt_ends_s: number[] = [];
  /** Those that have ended are not among them. */
  #transfers: Transfer[] = [];
  #routed = 0;
  /** Where nobody shares. */
  #bytes = 0;
  readonly #link: Cluster['link'];
  readonly #brought: 0 | 1;
  readonly #first: readonly PlainReplica[];
  readonly #second: readonly PlainReplica[];
  readonly #network: PlainNetwork | null;
  readonly #started: Started;

  constructor(
    { link, first_token }: Cluster,
    first: readonly PlainReplica[],
    second: readonly PlainReplica[],
    started: Started,
  ) {
    this.#link = link;
    this.#brought = first_token === 'prefill' ? 1 : 0;
    this.#first = first;
    this.#second = second;
    this.#network = link?.sharing === 'fair' ? new PlainNetwork(link) : null;
    this.#started = started;
  }

  /** Bytes moved. */
  get bytes(): number {
    return this.#network?.bytes ?? this.#bytes;
  }

  /** Whose prompt has been computed, and whose KV has not arrived. */
  get inTransfer(): Visit[] {
    return this.#transfers.filter(({ computed }) => computed).map(({ visit }) => visit);
  }

  next(): number {
    return Math.min(this.#network?.next() ?? NEVER, ...this.#transfers.map(({ end_s }) => end_s));
  }

  /** A step begins that computes this of a prompt: the first time, layers that go ahead may need a destination. */
  begins(visit: Visit, chunk: Chunk): void {
    if (this.#link?.overlap !== 'layerwise' || visit.output_tokens <= this.#brought) return;
    const known = this.#transfers.find((each) => each.visit === visit);
    const transfer =
      known ??
      this.#open(
        visit,
        this.#first.find(({ running }) => running.includes(visit)),
      );
    if (known === undefined) {
      if (this.#network !== null || this.#link.reserve === true) this.#choose(transfer);
      this.#ask(transfer, chunk.start_s);
    }
    const { flow } = transfer;
    if (flow === null) return;
    // It lost its KV and starts again.
    if (visit.chunks.length === 1) this.#network?.drop(flow);
    flow.parts.push(...partsOf(chunk, this.#link));
  }

  /** A prompt has been computed. */
  computed(visit: Visit, from: PlainReplica, now: number): void {
    const known = this.#transfers.find((each) => each.visit === visit);
    const transfer = known ?? this.#open(visit, from);
    transfer.computed = true;
    if (transfer.to === null) this.#choose(transfer);
    if (known === undefined) this.#ask(transfer, now);
    else if (transfer.held_s <= now) this.#start(transfer, now);
  }

  /** It may move. */
  granted(visit: Visit, now: number): void {
    const transfer = this.#transfers.find((each) => each.visit === visit);
    if (transfer === undefined) throw new Error(`${visit.id} asked for nothing`);
    transfer.held_s = now;
    if (transfer.flow !== null) transfer.flow.held = true;
    if (transfer.computed) this.#start(transfer, now);
  }

  /** Bytes have moved until `now`. */
  advance(now: number): void {
    this.#network?.advance(now);
  }

  /** Bytes move anew from `now` on. */
  rate(now: number): void {
    this.#network?.rate(now);
  }

  /** Takes those that have arrived by now, in order of id. */
  takeArrived(
    now: number,
  ): { readonly visit: Visit; readonly from: PlainReplica; readonly to: PlainReplica }[] {
    for (const transfer of this.#transfers) {
      const { flow, computed, held_s, end_s } = transfer;
      if (flow === null || flow.parts.length > 0 || !computed || held_s === NEVER || end_s < NEVER) continue;
      transfer.end_s = this.#link?.overlap === 'layerwise' ? now + this.#link.latency_s : now;
      this.felt_ends_s.push(transfer.end_s);
    }
    const ending = this.#transfers.filter(({ end_s }) => end_s === now);
    this.#transfers = this.#transfers.filter(({ end_s }) => end_s !== now);
    return ending
      .sort((a, b) => a.visit.id - b.visit.id)
      .map(({ visit, from, to }) => {
        if (to === null) throw new Error(`${visit.id} went nowhere`);
        return { visit, from, to };
      });
  }

  #open(visit: Visit, from: PlainReplica | undefined): Transfer {
    if (from === undefined) throw new Error(`${visit.id} runs nowhere`);
    const transfer = { visit, from, to: null, flow: null, held_s: NEVER, computed: false, end_s: NEVER };
    this.#transfers.push(transfer);
    return transfer;
  }

  #choose(transfer: Transfer): void {
    const to = this.#routed++ % this.#second.length;
    transfer.to = this.#second[to] ?? null;
    transfer.flow = this.#network?.open(this.#first.indexOf(transfer.from), to) ?? null;
  }

  #ask({ visit, to }: Transfer, now: number): void {
    if (this.#link?.reserve === true && to?.fits(visit) === true) {
      to.ask(visit, visit.prompt_tokens + this.#brought, now);
    } else {
      this.granted(visit, now);
    }
  }

  #start(transfer: Transfer, now: number): void {
    const { visit, flow, held_s } = transfer;
    this.#started(visit.id, now);
    this.started++;
    this.#bytes += tokensMoved(this.#link, visit) * (this.#link?.kv_bytes_per_token ?? 0);
    if (flow === null || this.#link === undefined) {
      transfer.end_s = transferEnd_s(this.#link, visit, held_s, now);
      const { overlap, reserve } = this.#link ?? {};
      if (overlap === 'layerwise' && reserve === true) this.felt_ends_s.push(transfer.end_s);
    } else if (this.#link.overlap !== 'layerwise') {
      const { latency_s, kv_bytes_per_token } = this.#link;
      flow.parts.push({ bytes: visit.prompt_tokens * kv_bytes_per_token, ready_s: now + latency_s });
    }
  }
}
