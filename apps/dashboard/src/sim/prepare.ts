/**
 * A scenario's text → the plan of its run. What reads text loads when it is first needed, as half of all scripts: the
 * scenario that the page opens with needs none of it. Knows no worker and no page.
 */
import { compile } from '@llmsim/config';
import { builtIn } from './built-in.ts';
import type { Prepared } from './prepare-text.ts';
import type { Cell } from './protocol.ts';

/** Everything that reads a scenario's text. */
export const textReader = () => import('./text-reader.ts');

/** Loads and checks a scenario; `keep_requests` also refuses more requests than can be looked at. */
export async function prepare(cell: Cell, keep_requests = false): Promise<Prepared> {
  const config = keep_requests ? null : builtIn(cell);
  const compiled = config === null ? null : compile(config);
  if (config !== null && compiled?.ok) return { ok: true, config, plan: compiled.plan };
  return (await textReader()).prepareText(cell, keep_requests);
}
