/**
 * One visit: what the user changes leads to runs, and the address says what is on show. Knows when to run, not how.
 */
import { type ShippedScenario, shippedScenarios } from '../scenarios.ts';
import type { Simulator } from '../sim/client.ts';
import { withTraces } from '../sim/with-traces.ts';
import { DEFAULT_VIEW, isViewName, type ViewName } from '../views/views.ts';
import { Controls } from './controls.svelte.ts';
import { openedFile } from './opened-file.ts';
import { RunState } from './run.svelte.ts';
import { readLink, type Shared } from './share-link.ts';
import { Traces } from './traces.ts';

/** Typing pauses for this long before it counts, milliseconds. */
const TYPING_PAUSE_MS = 250;

export class Session {
  readonly scenarios: readonly ShippedScenario[] = shippedScenarios;
  readonly controls: Controls;
  readonly run: RunState;
  view = $state<ViewName>(DEFAULT_VIEW);
  /** Why a link, a file or a text could not be opened; null when nothing stands in the way. */
  notice = $state<string | null>(null);

  readonly #traces = new Traces();
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(simulator: Simulator) {
    const [first] = shippedScenarios;
    if (first === undefined) throw new Error('The page was built without scenarios');
    this.controls = new Controls(first);
    this.run = new RunState(withTraces(simulator, this.#traces));
  }

  /** The shipped scenario on show, null for any other text. */
  get shipped(): ShippedScenario | null {
    return this.scenarios.find(({ file }) => file === this.controls.file) ?? null;
  }

  /** Opens what the address says, or the default, and runs it. */
  async open(fragment: string): Promise<void> {
    const link = await readLink(fragment);
    if (link.kind === 'damaged') this.notice = link.message;
    if (link.kind === 'shared') this.#show(link.shared);
    this.start();
  }

  /** Runs what the controls say. */
  start(): void {
    clearTimeout(this.#typing);
    const { source } = this.controls;
    void this.run.start(source, (outcome) => this.controls.settle(source, outcome));
  }

  pick(name: string): void {
    const scenario = this.scenarios.find((shipped) => shipped.name === name);
    if (scenario === undefined) return;
    this.notice = null;
    this.controls.open(scenario, scenario.name);
    this.start();
  }

  /** Opens a scenario, the scenario of a result, or a trace for the scenario on show; and runs. */
  async openFile(file: File): Promise<void> {
    const opened = await openedFile(file);
    this.notice = opened.kind === 'refused' ? opened.message : null;
    if (opened.kind === 'refused') return;
    if (opened.kind === 'scenario') this.controls.open(opened, opened.file);
    if (opened.kind === 'trace') {
      this.#traces.add(opened.file);
      this.controls.type('trace.path', opened.file.name);
    }
    this.start();
  }

  /** Takes what was typed into a control and runs once the typing pauses. */
  type(path: string, typed: string): void {
    this.controls.type(path, typed);
    this.#soon();
  }

  /** Takes a value that a slider or a choice was set to, and runs. */
  change(path: string, value: string): void {
    this.controls.type(path, value);
    this.start();
  }

  /** Takes another text of the scenario and runs once the typing pauses. */
  rewrite(text: string): void {
    this.controls.rewrite(text);
    this.#soon();
  }

  #soon(): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.start(), TYPING_PAUSE_MS);
  }

  #show({ file, text, view }: Shared): void {
    const unchanged = this.scenarios.find((shipped) => shipped.file === file && shipped.text === text);
    this.controls.open({ file, text }, unchanged?.name ?? null);
    if (isViewName(view)) this.view = view;
  }
}
