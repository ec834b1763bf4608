/** What the views of the page are called, in order. Knows none of them. */
export const VIEW_NAMES = ['run', 'load', 'compare', 'gpus', 'requests'] as const;

export type ViewName = (typeof VIEW_NAMES)[number];

export const DEFAULT_VIEW: ViewName = 'run';

export function isViewName(name: string): name is ViewName {
  return VIEW_NAMES.some((view) => view === name);
}
