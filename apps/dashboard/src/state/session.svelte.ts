/**
 * One visit: what the user changes leads to runs, and the address says what is on show. Knows when to run, not how.
 */
import type { ResultDocument, Runner } from '@llmsim/analysis';
import type { SharedScenario } from '@llmsim/config';
import { example, type ShippedScenario, shippedScenarios } from '../scenarios.ts';
import type { RequestSource, Simulator } from '../sim/client.ts';
import type { Cell, RequestsOutcome, RunView } from '../sim/protocol.ts';
import { withTraces } from '../sim/with-traces.ts';
import { DEFAULT_VIEW, isViewName, type ViewName } from '../views/view-names.ts';
import { Controls } from './controls.svelte.ts';
import type { OpenedFile } from './opened-file.ts';
import { RunState } from './run.svelte.ts';
import type { ReadLink } from './share-link.ts';
import { Traces } from './traces.ts';

/** Typing pauses for this long before it counts, milliseconds. */
const TYPING_PAUSE_MS = 250;

const NO_LINK: ReadLink = { kind: 'none' };

/** Reading links is loaded for those who come by one. */
async function linkIn(fragment: string): Promise<ReadLink> {
  const loaded = await import('./share-link.ts').catch(() => null);
  const message = 'The link could not be read. Reload the page to try again.';
  return loaded === null ? { kind: 'damaged', message } : loaded.readLink(fragment);
}

function notLoaded(file: string): OpenedFile {
  return { kind: 'refused', message: `${file} could not be opened. Reload the page to try again.` };
}

/** A result that the user opened. */
export interface OpenedResult {
  readonly file: string;
  readonly document: ResultDocument;
}

export class Session {
  readonly scenarios: readonly ShippedScenario[] = shippedScenarios;
  readonly controls: Controls;
  readonly run: RunState;
  view = $state<ViewName>(DEFAULT_VIEW);
  /** Why a link, a file or a text could not be opened; null when nothing stands in the way. */
  notice = $state<string | null>(null);
  /** The file that is being read, null when none is. */
  reading = $state<string | null>(null);

  /** A result on show in place of the run; null when the run is. */
  opened = $state.raw<OpenedResult | null>(null);

  readonly #source: RequestSource;
  readonly #traces = new Traces();
  #runner: Promise<Runner<Cell>> | null = null;
  #typing: ReturnType<typeof setTimeout> | undefined;
  /** What was chosen last: a link, a scenario or a file. What was chosen before it may be there later, and is dropped. */
  #chosen: unknown;

  constructor(simulator: Simulator & RequestSource) {
    this.#source = simulator;
    this.controls = new Controls({ file: example.file, text: example.own }, example.name);
    this.run = new RunState(withTraces(simulator, this.#traces));
  }

  /** The shipped scenario on show, null for any other text. */
  get shipped(): ShippedScenario | null {
    return this.scenarios.find(({ file }) => file === this.controls.file) ?? null;
  }

  /** Opens what the address says, or the default, and runs it. */
  async open(fragment: string): Promise<void> {
    const newest = this.#choose(fragment);
    const link = fragment === '' ? NO_LINK : await linkIn(fragment);
    if (!newest()) return;
    if (link.kind === 'shared') await this.#show(link.shared);
    // Somebody has gone back from a link.
    if (link.kind === 'none' && this.run.phase !== 'idle')
      this.controls.open({ file: example.file, text: example.own }, example.name);
    if (!newest()) return;
    this.start();
    if (link.kind === 'damaged') this.notice = link.message;
  }

  /** A run that is on show with other values, for an analysis of it. */
  async cell({ file, text, config }: RunView, set: readonly string[] = []): Promise<Cell> {
    const path = config.trace?.path;
    const name = path?.slice(path.lastIndexOf('/') + 1);
    return { file, text, set, trace: name === undefined ? null : await this.#traces.named(name) };
  }

  /** Where the simulations of analyses run; its workers start with the first. */
  runner(): Promise<Runner<Cell>> {
    this.#runner ??= import('../sim/worker-runner.ts').then(({ WorkerRunner }) => new WorkerRunner());
    return this.#runner;
  }

  /** The requests of a run that is on show. */
  async requestsOf(view: RunView, signal: AbortSignal): Promise<RequestsOutcome> {
    return this.#source.requests(await this.cell(view), signal);
  }

  /** Runs what the controls say, and shows the run. */
  start(): void {
    clearTimeout(this.#typing);
    this.opened = null;
    this.notice = null;
    const { source } = this.controls;
    void this.run.start(source, (outcome) => this.controls.settle(source, outcome));
  }

  async pick(name: string): Promise<void> {
    const scenario = this.scenarios.find((shipped) => shipped.name === name);
    if (scenario === undefined) return;
    const newest = this.#choose(scenario);
    const text = await scenario.text().catch(() => null);
    if (!newest()) return;
    if (text === null) {
      this.notice = `${scenario.file} could not be loaded. Reload the page to try again.`;
      return;
    }
    this.controls.open({ file: scenario.file, text }, scenario.name);
    this.start();
  }

  /** Opens a scenario, the scenario of a result, or a trace for the scenario on show, and runs; or shows a result. */
  async openFile(file: File): Promise<void> {
    const newest = this.#choose(file);
    this.reading = file.name;
    const opened = await import('./opened-file.ts').then(
      ({ openedFile }) => openedFile(file, this.#asksFor(file.name)),
      () => notLoaded(file.name),
    );
    if (!newest()) return;
    this.reading = null;
    this.notice = opened.kind === 'refused' ? opened.message : null;
    if (opened.kind === 'refused') return;
    if (opened.kind === 'document') {
      this.opened = opened;
      return;
    }
    if (opened.kind === 'scenario') this.controls.open(opened, opened.file);
    if (opened.kind === 'trace') {
      this.#traces.add(opened.file);
      this.controls.type('trace.path', opened.file.name);
    }
    this.start();
  }

  /** Shows the run again in place of an opened result. */
  close(): void {
    this.opened = null;
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

  /** Whether the scenario names this trace. */
  #asksFor(name: string): boolean {
    const { view, phase, obstacles } = this.run;
    const path = view?.config.trace?.path ?? '';
    return path.endsWith(name) || (phase === 'invalid' && obstacles.some((one) => one.path === 'trace.path'));
  }

  /** Tells later whether nothing else has been chosen since. */
  #choose(chosen: unknown): () => boolean {
    this.#chosen = chosen;
    this.reading = null;
    return () => this.#chosen === chosen;
  }

  #soon(): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.start(), TYPING_PAUSE_MS);
  }

  async #show({ file, text, view, trace }: SharedScenario): Promise<void> {
    const shipped = this.scenarios.find((scenario) => scenario.file === file);
    const unchanged = (await shipped?.text().catch(() => null)) === text;
    this.controls.open({ file, text }, unchanged && shipped !== undefined ? shipped.name : null);
    if (isViewName(view)) this.view = view;
    if (trace !== undefined) this.#traces.give(trace);
  }
}
