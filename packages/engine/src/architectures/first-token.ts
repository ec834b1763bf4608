/**
 * The first token as an output of prefill: what the decode replica then computes first is the second token.
 * Knows no replicas and no link.
 */
import { connect, filter, type MonoTypeOperatorFunction, merge, type Observable, pipe, tap } from 'rxjs';
import { requestEvent } from '../events/simulation-events.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { Site } from './architecture.ts';

/**
 * Requests that leave prefill, in the pool named `pool`, have their first token. Answers of one token are complete and
 * go out at once, `completed` being told; the others go through `decode`.
 */
export function withFirstToken(
  site: Site,
  pool: string,
  decode: MonoTypeOperatorFunction<RequestSlot>,
  completed: (slot: RequestSlot) => void,
): MonoTypeOperatorFunction<RequestSlot> {
  const { clock, events, requests } = site;
  const decodes = (slot: RequestSlot): boolean => (requests.output_tokens[slot] ?? 1) > 1;
  const produce = (slot: RequestSlot): void => {
    requests.first_token_s[slot] = clock.now();
    if (events.firstTokens.observed) events.firstTokens.emit(requestEvent(requests, slot, clock.now(), pool));
  };
  const complete = (slot: RequestSlot): void => {
    requests.completed_s[slot] = clock.now();
    completed(slot);
  };
  // A slot that goes out may come back as another request at once, so this branch looks at it last.
  const branches = (prefilled: Observable<RequestSlot>): Observable<RequestSlot> =>
    merge(
      prefilled.pipe(filter(decodes), decode),
      prefilled.pipe(
        filter((slot) => !decodes(slot)),
        tap(complete),
      ),
    );
  return pipe(tap(produce), connect(branches));
}
