/**
 * The way of a prompt's KV cache from prefill to decode.
 * Knows no pools; transfers do not contend for the link.
 */
import { Observable, type OperatorFunction, Subscriber } from 'rxjs';
import type { Site } from '../architectures/architecture.ts';
import type { RequestSlot } from '../records/request-table.ts';
import { Phase } from '../time/phases.ts';

export interface KvLink {
  /** Seconds before the first byte arrives. */
  readonly latency_s: number;
  /** Bytes a second. */
  readonly bandwidth_bytes_per_s: number;
  /** KV cache of one prompt token, bytes. */
  readonly kv_bytes_per_token: number;
}

/** Seconds to move the KV cache of a prompt: latency_s + prompt_tokens · kv_bytes_per_token / bandwidth. */
export function transferSeconds(link: KvLink, prompt_tokens: number): number {
  return link.latency_s + (prompt_tokens * link.kv_bytes_per_token) / link.bandwidth_bytes_per_s;
}

/** Who is told of transfers, before the request goes on. */
export interface TransferWatcher {
  started(slot: RequestSlot): void;
  ended(slot: RequestSlot): void;
}

/**
 * Delays each request by its transfer and notes when it reaches the decode queue; without a link it takes no time.
 * Transfers that start at the same instant start in order of request id.
 */
export function transferredOver(
  link: KvLink | undefined,
  site: Site,
  watcher?: TransferWatcher,
): OperatorFunction<RequestSlot, RequestSlot> {
  return (source) =>
    new Observable((subscriber) => source.subscribe(new LinkEntrance(link, site, watcher, subscriber)));
}

class LinkEntrance extends Subscriber<RequestSlot> {
  readonly #link: KvLink | undefined;
  readonly #site: Site;
  readonly #watcher: TransferWatcher | undefined;
  readonly #exit: Subscriber<RequestSlot>;
  readonly #start: number;
  readonly #end: number;
  #underWay = 0;
  #ended = false;

  constructor(
    link: KvLink | undefined,
    site: Site,
    watcher: TransferWatcher | undefined,
    exit: Subscriber<RequestSlot>,
  ) {
    super();
    this.#link = link;
    this.#site = site;
    this.#watcher = watcher;
    this.#exit = exit;
    this.#start = site.clock.handler((slot) => this.#begin(slot));
    this.#end = site.clock.handler((slot) => this.#pass(slot));
  }

  override next(slot: RequestSlot): void {
    this.#underWay++;
    if (this.#watcher === undefined) this.#begin(slot);
    else this.#schedule(0, this.#start, slot);
  }

  override error(error: unknown): void {
    this.#exit.error(error);
  }

  override complete(): void {
    this.#ended = true;
    if (this.#underWay === 0) this.#exit.complete();
  }

  #begin(slot: RequestSlot): void {
    this.#watcher?.started(slot);
    if (this.#link === undefined) {
      this.#pass(slot);
      return;
    }
    const prompt = this.#site.requests.prompt_tokens[slot] ?? 0;
    this.#schedule(transferSeconds(this.#link, prompt), this.#end, slot);
  }

  #pass(slot: RequestSlot): void {
    this.#underWay--;
    this.#site.requests.decode_queued_s[slot] = this.#site.clock.now();
    this.#watcher?.ended(slot);
    this.#exit.next(slot);
    if (this.#ended && this.#underWay === 0) this.#exit.complete();
  }

  #schedule(seconds: number, handler: number, slot: RequestSlot): void {
    const { clock, requests } = this.#site;
    clock.at(clock.now() + seconds, Phase.transfer, requests.id[slot] ?? 0, handler, slot);
  }
}
