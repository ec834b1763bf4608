/**
 * What the user asks for: a scenario's text, and the values of the controls on their way into it. Knows no key.
 */
import type { Field } from '../sim/fields.ts';
import type { Base, Edit, RunOutcome, RunView, ScenarioSource } from '../sim/protocol.ts';

/** A scenario's text under the name that messages call it. */
export interface OpenedText {
  readonly file: string;
  readonly text: string;
}

export class Controls {
  /** How messages call the text. */
  file = $state('');
  /** The text as far as the simulator has answered. */
  text = $state.raw('');
  /** What the controls show: of the last scenario that was valid. */
  fields = $state.raw<readonly Field[]>([]);
  /** What is typed into a control and not, or not yet, a value of the scenario; by path. */
  readonly drafts: Record<string, string> = $state({});

  #edits: readonly Edit[] = [];
  #base: Base | null = null;

  constructor(scenario: OpenedText, command: string | null) {
    this.open(scenario, command);
  }

  /** Takes another scenario as it stands; `command` is what the command line calls it, null where it has no name. */
  open({ file, text }: OpenedText, command: string | null): void {
    this.file = file;
    this.#base = command === null ? null : { name: command, text };
    this.rewrite(text);
  }

  /** Takes another text of the same scenario. */
  rewrite(text: string): void {
    this.text = text;
    this.#edits = [];
    for (const path of Object.keys(this.drafts)) delete this.drafts[path];
  }

  /** Takes what was typed into a control. An empty control asks for nothing. */
  type(path: string, typed: string): void {
    this.drafts[path] = typed;
    const others = this.#edits.filter((edit) => edit.path !== path);
    this.#edits = typed.trim() === '' ? others : [...others, { path, value: asValue(typed) }];
  }

  /** Shows the scenario's own value again in a control that is left. */
  leave(path: string): void {
    if (this.drafts[path]?.trim() === '') delete this.drafts[path];
  }

  /** What to run now. */
  get source(): ScenarioSource {
    return { file: this.file, text: this.text, edits: this.#edits, trace: null, base: this.#base };
  }

  /** The simulator has answered this source, the newest: its edits are in the text. */
  settle(asked: ScenarioSource, outcome: RunOutcome): void {
    // The text has been written anew since.
    if (outcome.kind === 'cancelled' || asked.text !== this.text) return;
    this.#edits = this.#edits.filter((edit) => !asked.edits.includes(edit));
    if (outcome.kind === 'done') this.#learn(outcome.view);
    else this.text = outcome.text;
  }

  #learn({ text, fields }: RunView): void {
    this.text = text;
    this.fields = fields;
    // A control keeps what stands in it while it means the same, and what is still to be asked.
    for (const [path, typed] of Object.entries(this.drafts)) {
      const value = fields.find((field) => field.path === path)?.value ?? '';
      const kept = typed.trim() === '' || asValue(typed) === value;
      if (!kept && !this.#edits.some((edit) => edit.path === path)) delete this.drafts[path];
    }
  }
}

/** A number where it is one; the rules of the scenario judge everything else. */
function asValue(typed: string): number | string {
  const number = Number(typed);
  return Number.isNaN(number) ? typed : number;
}
