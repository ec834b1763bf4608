/**
 * A scenario's text with the controls' values in it. Knows no key.
 */
import { editText } from '@llmsim/config';
import type { ScenarioSource } from './protocol.ts';

/** What to load: the text, and as assignments the values for which the text has no place. */
export interface Edited {
  readonly text: string;
  readonly set: readonly string[];
}

export function edited({ text, edits }: Pick<ScenarioSource, 'text' | 'edits'>): Edited {
  const set: string[] = [];
  let current = text;
  for (const { path, value } of edits) {
    const next = editText(current, path, value);
    if (next === null) set.push(`${path}=${value}`);
    else current = next;
  }
  return { text: current, set };
}
