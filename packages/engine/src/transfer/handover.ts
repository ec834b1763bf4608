/**
 * KV that is at the decode pool the moment prefill ends: requests are stamped and go on at once.
 * Knows no link and no replicas.
 */
import { Subscriber } from 'rxjs';
import type { RequestSlot } from '../records/request-table.ts';
import type { RunSite } from '../run-site.ts';

export class Handover extends Subscriber<RequestSlot> {
  readonly #site: RunSite;
  readonly #exit: Subscriber<RequestSlot>;

  constructor(site: RunSite, exit: Subscriber<RequestSlot>) {
    super();
    this.#site = site;
    this.#exit = exit;
  }

  override next(slot: RequestSlot): void {
    const { clock, requests } = this.#site;
    const now = clock.now();
    requests.transfer_start_s[slot] = now;
    requests.decode_queued_s[slot] = now;
    this.#exit.next(slot);
  }

  override error(error: unknown): void {
    this.#exit.error(error);
  }

  override complete(): void {
    this.#exit.complete();
  }
}
