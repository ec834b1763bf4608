/**
 * The scenario that the page opens with, checked when the page was built: its first run waits for no reader of YAML.
 * Knows no run.
 */
import type { ScenarioConfig } from '@llmsim/config';
import { config, text } from '../../../../configs/example.yaml?checked';
import type { Cell } from './protocol.ts';

/** What the scenario says, null when it is any other. */
export function builtIn(cell: Pick<Cell, 'text' | 'set'>): ScenarioConfig | null {
  return cell.set.length === 0 && cell.text === text ? config : null;
}
