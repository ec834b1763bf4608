/** What every view gets. */
import type { Session } from '../state/session.svelte.ts';

export interface ViewProps {
  readonly session: Session;
}
