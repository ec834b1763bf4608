/**
 * One visit: what the user changes leads to runs. Knows when to run, not how.
 */
import { type ShippedScenario, shippedScenarios } from '../scenarios.ts';
import type { Simulator } from '../sim/client.ts';
import { Controls, type FieldName } from './controls.svelte.ts';
import { RunState } from './run.svelte.ts';

/** Typing pauses for this long before it counts, milliseconds. */
const TYPING_PAUSE_MS = 250;

export class Session {
  readonly scenarios: readonly ShippedScenario[] = shippedScenarios;
  readonly controls: Controls;
  readonly run: RunState;

  readonly #simulator: Simulator;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(simulator: Simulator) {
    const [first] = shippedScenarios;
    if (first === undefined) throw new Error('The page was built without scenarios');
    this.#simulator = simulator;
    this.controls = new Controls(first);
    this.run = new RunState(simulator);
  }

  /** Runs what the controls say. */
  start(): void {
    clearTimeout(this.#typing);
    const { source } = this.controls;
    void this.run.start(source);
    if (this.controls.own === null) void this.#learn(this.controls.scenario);
  }

  pick(name: string): void {
    const scenario = this.scenarios.find((shipped) => shipped.name === name);
    if (scenario === undefined) return;
    this.controls.pick(scenario);
    this.start();
  }

  /** Takes what was typed into a field and runs once the typing pauses. */
  type(field: FieldName, text: string): void {
    this.controls.texts[field] = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.start(), TYPING_PAUSE_MS);
  }

  async #learn(scenario: ShippedScenario): Promise<void> {
    const { file, text } = scenario;
    // A simulator that breaks says so through the run beside this.
    const own = await this.#simulator.inspect({ file, text, set: [] }).catch(() => null);
    if (own !== null && this.controls.scenario === scenario) this.controls.learn(own);
  }
}
