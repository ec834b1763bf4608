/**
 * The views of the page; all but the first are loaded when first shown. Knows no view's inside.
 */
import type { Component } from 'svelte';
import RunView from './run/RunView.svelte';
import type { ViewName } from './view-names.ts';
import type { ViewProps } from './view-props.ts';

interface View {
  readonly label: string;
  readonly load: () => Promise<{ readonly default: Component<ViewProps> }>;
}

export const views: Readonly<Record<ViewName, View>> = {
  run: { label: 'This run', load: async () => ({ default: RunView }) },
  load: { label: 'Against load', load: () => import('./load/LoadView.svelte') },
  compare: { label: 'Mono and disagg', load: () => import('./compare/CompareView.svelte') },
  gpus: { label: 'How many GPUs', load: () => import('./gpus/GpusView.svelte') },
  requests: { label: 'Requests', load: () => import('./requests/RequestsView.svelte') },
};
