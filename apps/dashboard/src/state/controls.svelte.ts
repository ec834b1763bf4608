/**
 * What the user asks for: a scenario and what is changed in it. Knows the names of the keys, not their rules.
 */

import type { ShippedScenario } from '../scenarios.ts';
import type { Inputs, ScenarioSource } from '../sim/protocol.ts';

/** The keys that have a field, as paths of a scenario. */
export const FIELDS = { rate_per_s: 'arrival.rate_per_s', random_seed: 'random_seed' } as const;

export type FieldName = keyof typeof FIELDS;

export class Controls {
  scenario: ShippedScenario;
  /** Texts of the fields; an empty one leaves the scenario's own value. */
  readonly texts: Record<FieldName, string> = $state({ rate_per_s: '', random_seed: '' });
  /** The scenario's own values, null until they are known. */
  own = $state.raw<Inputs | null>(null);

  constructor(scenario: ShippedScenario) {
    this.scenario = $state.raw(scenario);
  }

  /** Takes another scenario as it stands. */
  pick(scenario: ShippedScenario): void {
    this.scenario = scenario;
    this.own = null;
    this.texts.rate_per_s = '';
    this.texts.random_seed = '';
  }

  /** Shows the scenario's own values in the fields that nobody has filled meanwhile. */
  learn(own: Inputs): void {
    this.own = own;
    this.texts.rate_per_s ||= textOf(own.rate_per_s);
    this.texts.random_seed ||= textOf(own.random_seed);
  }

  /** What to run now. */
  get source(): ScenarioSource {
    const { file, text } = this.scenario;
    const set = (['rate_per_s', 'random_seed'] as const)
      .filter((field) => this.texts[field] !== '' && this.texts[field] !== textOf(this.own?.[field] ?? null))
      .map((field) => `${FIELDS[field]}=${this.texts[field]}`);
    return { file, text, set };
  }
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}
