/**
 * How a run stands, in words: for the eye, and coarser for the ear. Knows no metric.
 */
import { formatCount, formatSeconds } from '@llmsim/analysis';
import type { RunState } from './run.svelte.ts';

/** A screen reader hears of progress this many times a run. */
const SPOKEN_PARTS = 4;

export interface Status {
  readonly shown: string;
  /** Said by screen readers; changes rarely while a run makes progress. */
  readonly spoken: string;
}

/** `reading` is the file that is being read, null when none is. */
export function statusOf({ phase, fraction, view, stale }: RunState, reading: string | null): Status {
  if (reading !== null) return same(`Reading ${reading}.`);
  const kept = stale ? 'The numbers below are from the previous run.' : '';
  switch (phase) {
    case 'idle':
      return same('Loading the simulator.');
    case 'running':
      return {
        shown: `Running: ${percent(fraction)}.`,
        spoken: `Running: ${percent(Math.floor(fraction * SPOKEN_PARTS) / SPOKEN_PARTS)}.`,
      };
    case 'cancelled':
      return same(`Cancelled at ${percent(fraction)}. ${kept}`);
    case 'invalid':
    case 'broken':
      return same(kept);
    case 'done': {
      if (view === null) return same('');
      const { outcomes, end_s } = view.report;
      const shown = `Done: ${formatCount(outcomes.arrivals)} requests in ${formatSeconds(end_s)} of simulated time.`;
      return { shown, spoken: `${shown} ${view.answer.verdict} ${view.answer.tail}` };
    }
  }
}

function same(text: string): Status {
  return { shown: text, spoken: text };
}

function percent(fraction: number): string {
  return `${Math.floor(fraction * 100)} %`;
}
