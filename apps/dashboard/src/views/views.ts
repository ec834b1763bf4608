/**
 * The views of the page in order; all but the first are loaded when first shown. Knows no view's inside.
 */
import type { Component } from 'svelte';
import type { Session } from '../state/session.svelte.ts';
import RunView from './run/RunView.svelte';

/** What every view gets. */
export interface ViewProps {
  readonly session: Session;
}

interface View {
  readonly name: string;
  readonly label: string;
  readonly load: () => Promise<{ readonly default: Component<ViewProps> }>;
}

export const views = [
  { name: 'run', label: 'This run', load: async () => ({ default: RunView }) },
  { name: 'load', label: 'Against load', load: () => import('./load/LoadView.svelte') },
  { name: 'compare', label: 'Mono and disagg', load: () => import('./compare/CompareView.svelte') },
  { name: 'gpus', label: 'How many GPUs', load: () => import('./gpus/GpusView.svelte') },
  { name: 'requests', label: 'Requests', load: () => import('./requests/RequestsView.svelte') },
] as const satisfies readonly View[];

export type ViewName = (typeof views)[number]['name'];

export const DEFAULT_VIEW: ViewName = 'run';

export function isViewName(name: string): name is ViewName {
  return views.some((view) => view.name === name);
}
