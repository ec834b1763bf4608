/**
 * The oracle's network: transfers that share network cards and a fabric, moved part by part from instant to instant,
 * with rates worked out anew at each. Shares no code with the engine but the type of a link. Knows no replicas.
 */
import type { KvLink } from '../../src/index.ts';

interface Part {
  readonly bytes: number;
  readonly ready_s: number;
}

/** The KV of one request on its way. */
export interface PlainFlow {
  /** Numbers of the replicas it goes from and to. */
  readonly from: number;
  readonly to: number;
  /** Parts that have not moved as a whole, in order. */
  readonly parts: Part[];
  /** Bytes of the first part that have moved. */
  moved: number;
  /** Whether parts may move. */
  held: boolean;
  rate: number;
  /** When the first part has moved, if the rate stays. */
  part_end_s: number;
}

const NEVER = Number.POSITIVE_INFINITY;

export class PlainNetwork {
  readonly flows: PlainFlow[] = [];
  /** Bytes moved. */
  bytes = 0;
  readonly #link: KvLink;
  #last_s = 0;

  constructor(link: KvLink) {
    this.#link = link;
  }

  open(from: number, to: number): PlainFlow {
    const flow = { from, to, parts: [], moved: 0, held: false, rate: 0, part_end_s: NEVER };
    this.flows.push(flow);
    return flow;
  }

  /** What has not moved of a flow never will. */
  drop(flow: PlainFlow): void {
    this.bytes += flow.moved;
    flow.moved = 0;
    flow.rate = 0;
    flow.parts.length = 0;
  }

  /** When a part has moved or gets ready next. */
  next(): number {
    return Math.min(
      ...this.flows.map((flow) => {
        const ready_s = flow.parts[0]?.ready_s ?? NEVER;
        if (!flow.held) return NEVER;
        return flow.rate > 0 ? flow.part_end_s : Math.max(ready_s, this.#last_s);
      }),
    );
  }

  /** Moves bytes at the rates of the last instant until `now`. */
  advance(now: number): void {
    for (const flow of this.flows) {
      if (flow.rate === 0) continue;
      if (flow.part_end_s > now) {
        flow.moved += flow.rate * (now - this.#last_s);
        continue;
      }
      this.bytes += flow.parts.shift()?.bytes ?? 0;
      flow.moved = 0;
    }
    this.#last_s = now;
  }

  /** Gives everybody who has ready bytes a rate: all rise together, and stop where something they cross is full. */
  rate(now: number): void {
    const { bandwidth_bytes_per_s, nic_bytes_per_s, fabric_bytes_per_s } = this.#link;
    const active = this.flows.filter(({ held, parts }) => held && (parts[0]?.ready_s ?? now + 1) <= now);
    const left = new Map<string, number>();
    const crossed = ({ from, to }: PlainFlow): string[] => [`from ${from}`, `to ${to}`, 'fabric'];
    for (const flow of active) {
      left.set(`from ${flow.from}`, nic_bytes_per_s?.prefill ?? bandwidth_bytes_per_s);
      left.set(`to ${flow.to}`, nic_bytes_per_s?.decode ?? bandwidth_bytes_per_s);
    }
    left.set('fabric', fabric_bytes_per_s ?? NEVER);
    let rising = active;
    let height = 0;
    while (rising.length > 0) {
      const users = (name: string): number => rising.filter((flow) => crossed(flow).includes(name)).length;
      const rooms = [...left].map(([name, room]) => ({
        name,
        rise: users(name) === 0 ? NEVER : room / users(name),
      }));
      const ceiling = bandwidth_bytes_per_s - height;
      const rise = Math.min(ceiling, ...rooms.map((room) => room.rise));
      for (const [name, room] of left) left.set(name, room - rise * users(name));
      height += rise;
      const full = new Set(rooms.filter((room) => room.rise === rise).map(({ name }) => name));
      const stops = (flow: PlainFlow): boolean =>
        rise === ceiling || crossed(flow).some((name) => full.has(name));
      for (const flow of rising) if (stops(flow)) flow.rate = height;
      rising = rising.filter((flow) => !stops(flow));
    }
    for (const flow of this.flows) {
      if (!active.includes(flow)) flow.rate = 0;
      const bytes = Math.max((flow.parts[0]?.bytes ?? 0) - flow.moved, 0);
      flow.part_end_s = flow.rate > 0 ? now + bytes / flow.rate : NEVER;
    }
  }
}
