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

/** Delays each request by its transfer and notes when it reaches the decode queue; without a link, at once. */
export function transferredOver(
  link: KvLink | undefined,
  site: Site,
): OperatorFunction<RequestSlot, RequestSlot> {
  return (source) =>
    new Observable((subscriber) => source.subscribe(new LinkEntrance(link, site, subscriber)));
}

class LinkEntrance extends Subscriber<RequestSlot> {
  readonly #link: KvLink | undefined;
  readonly #site: Site;
  readonly #exit: Subscriber<RequestSlot>;
  readonly #arrived: number;
  #underWay = 0;
  #ended = false;

  constructor(link: KvLink | undefined, site: Site, exit: Subscriber<RequestSlot>) {
    super();
    this.#link = link;
    this.#site = site;
    this.#exit = exit;
    this.#arrived = site.clock.handler((slot) => {
      this.#underWay--;
      this.#pass(slot);
      if (this.#ended && this.#underWay === 0) exit.complete();
    });
  }

  override next(slot: RequestSlot): void {
    if (this.#link === undefined) {
      this.#pass(slot);
      return;
    }
    const { clock, requests } = this.#site;
    const seconds = transferSeconds(this.#link, requests.prompt_tokens[slot] ?? 0);
    this.#underWay++;
    clock.at(clock.now() + seconds, Phase.transfer, requests.id[slot] ?? 0, this.#arrived, slot);
  }

  override error(error: unknown): void {
    this.#exit.error(error);
  }

  override complete(): void {
    this.#ended = true;
    if (this.#underWay === 0) this.#exit.complete();
  }

  #pass(slot: RequestSlot): void {
    this.#site.requests.decode_queued_s[slot] = this.#site.clock.now();
    this.#exit.next(slot);
  }
}
