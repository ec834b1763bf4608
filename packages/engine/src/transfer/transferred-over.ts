/**
 * The way of a prompt's KV cache from prefill to decode, as an operator on the stream of requests.
 * Knows when a transfer may start and what follows its end; how bytes move is the carrier's.
 */
import { Observable, type OperatorFunction, Subscriber } from 'rxjs';
import type { Site } from '../architectures/architecture.ts';
import type { LinkMeter } from '../metrics/link-meter.ts';
import type { RequestSlot } from '../records/request-table.ts';
import { Phase } from '../time/phases.ts';
import { type Carrier, carrierOf } from './carrier.ts';
import { Handover } from './handover.ts';
import { checkLink, type KvLink } from './kv-link.ts';
import { layerCarrierOf } from './layer-carrier.ts';
import { LayersAhead } from './layers-ahead.ts';
import { linkSpecOf } from './link-spec.ts';
import type { TransferEnds } from './transfer-ends.ts';

/**
 * Delays each request by its transfer and notes when it reaches the decode queue; without a link it takes no time.
 * Between pools of replicas give their `ends`, so that a prompt keeps its KV blocks until they have arrived; without,
 * they are free when prefill ends.
 * Requests that leave prefill at the same instant do so in order of request id.
 *
 * @throws RangeError when the link contradicts itself, or shares, overlaps or reserves without `ends`.
 * @example
 * arrivals.pipe(servedBy(prefill), transferredOver(link, site), servedBy(decode))
 */
export function transferredOver(
  link: KvLink | undefined,
  site: Site,
  ends?: TransferEnds,
): OperatorFunction<RequestSlot, RequestSlot> {
  if (link !== undefined) checkLink(link);
  if (ends === undefined && link !== undefined && needsReplicas(link)) {
    throw new RangeError(
      'The link cannot be used: sharing, overlap and reserve need replicas at both ends, betweenPools(prefill, decode, site)',
    );
  }
  return (source) =>
    new Observable((subscriber) =>
      source.subscribe(
        link === undefined && ends === undefined
          ? new Handover(site, subscriber)
          : new LinkEntrance(link, site, ends, subscriber),
      ),
    );
}

function needsReplicas({ sharing = 'none', overlap = 'none', reserve = false }: KvLink): boolean {
  return sharing !== 'none' || overlap !== 'none' || reserve;
}

class LinkEntrance extends Subscriber<RequestSlot> {
  readonly #site: Site;
  readonly #ends: TransferEnds | undefined;
  readonly #reserve: boolean;
  readonly #carry: Carrier;
  /** Null where KV waits for the whole prompt. */
  readonly #ahead: LayersAhead | null = null;
  readonly #exit: Subscriber<RequestSlot>;
  readonly #leave: number;
  /** Null where KV moves in no time. */
  readonly #meter: LinkMeter | null;
  #underWay = 0;
  #ended = false;

  constructor(
    link: KvLink | undefined,
    site: Site,
    ends: TransferEnds | undefined,
    exit: Subscriber<RequestSlot>,
  ) {
    super();
    this.#site = site;
    this.#ends = ends;
    this.#reserve = link?.reserve === true;
    this.#exit = exit;
    this.#leave = site.clock.handler((slot) => this.#leavePrefill(slot));
    const arrived = (slot: RequestSlot): void => this.#pass(slot);
    this.#meter =
      link === undefined ? null : site.link(linkSpecOf(link, ends ?? { from: 'prefill', to: 'decode' }));
    if (link === undefined || this.#meter === null) {
      this.#carry = arrived;
    } else if (ends !== undefined && link.overlap === 'layerwise') {
      const layers = layerCarrierOf(link, site, { ends, meter: this.#meter, arrived });
      this.#carry = (slot) => layers.carry(slot);
      this.#ahead = new LayersAhead(link, ends, layers, (slot) => this.#start(slot));
    } else {
      this.#carry = carrierOf(link, site, { ends, meter: this.#meter, arrived });
    }
  }

  override next(slot: RequestSlot): void {
    this.#underWay++;
    if (this.#ends === undefined) {
      this.#start(slot);
      return;
    }
    const { clock, requests } = this.#site;
    clock.at(clock.now(), Phase.transfer, requests.id[slot] ?? 0, this.#leave, slot);
  }

  override error(error: unknown): void {
    this.#exit.error(error);
  }

  override complete(): void {
    this.#ended = true;
    if (this.#underWay === 0) this.#exit.complete();
  }

  #leavePrefill(slot: RequestSlot): void {
    this.#ends?.leaves(slot);
    if (this.#ahead !== null) this.#ahead.computed(slot);
    else if (this.#reserve) this.#ends?.reserve(slot, (granted) => this.#start(granted));
    else this.#start(slot);
  }

  #start(slot: RequestSlot): void {
    const now = this.#site.clock.now();
    this.#site.requests.transfer_start_s[slot] = now;
    this.#meter?.started(now);
    this.#carry(slot);
  }

  #pass(slot: RequestSlot): void {
    const now = this.#site.clock.now();
    this.#underWay--;
    this.#meter?.ended(now);
    this.#site.requests.decode_queued_s[slot] = now;
    this.#ends?.arrives(slot);
    this.#exit.next(slot);
    if (this.#ended && this.#underWay === 0) this.#exit.complete();
  }
}
