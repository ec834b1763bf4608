/**
 * A YAML editor with completion and mistakes at their places. Knows CodeMirror; knows no scenario.
 * It lives in a shadow root, where CodeMirror's styles are adopted style sheets and the page's policy allows them.
 */
import {
  autocompletion,
  type CompletionSource,
  closeBrackets,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { Annotation, EditorState, type Text } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { cursorContext } from './cursor-context.ts';
import { look } from './look.ts';
import { type Schema, suggestionsAt } from './suggestions.ts';

/** A mistake with its place; without one it stands at the top. */
export interface Mistake {
  /** From 1. */
  readonly line: number | null;
  /** From 1. */
  readonly column: number | null;
  readonly message: string;
}

export interface YamlEditor {
  /** Shows another text; the cursor stays where the text around it does. */
  setText(text: string): void;
  setMistakes(mistakes: readonly Mistake[]): void;
  destroy(): void;
}

export interface EditorOptions {
  readonly parent: ShadowRoot;
  readonly text: string;
  readonly label: string;
  readonly schema: Schema;
  /** Told of each change that the user makes. */
  readonly changed: (text: string) => void;
}

/** Marks changes that did not come from the user. */
const fromOutside = Annotation.define<true>();

const highlighting = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--ink-quiet)', fontStyle: 'italic' },
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--accent)' },
]);

export function createEditor({ parent, text, label, schema, changed }: EditorOptions): YamlEditor {
  const view = new EditorView({
    parent,
    root: parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        bracketMatching(),
        closeBrackets(),
        yaml(),
        syntaxHighlighting(highlighting),
        autocompletion({ override: [completionsOf(schema)] }),
        // Tab moves on, as everywhere on the page.
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        EditorView.lineWrapping,
        look,
        EditorView.updateListener.of((update) => {
          const own = update.transactions.some((transaction) => transaction.annotation(fromOutside));
          if (update.docChanged && !own) changed(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setText(next) {
      const before = view.state.doc.toString();
      if (next === before) return;
      view.dispatch({ changes: difference(before, next), annotations: fromOutside.of(true) });
    },
    setMistakes(mistakes) {
      const { doc } = view.state;
      view.dispatch(
        setDiagnostics(
          view.state,
          mistakes.map((mistake) => diagnosticOf(mistake, doc)),
        ),
      );
    },
    destroy: () => view.destroy(),
  };
}

function completionsOf(schema: Schema): CompletionSource {
  return ({ state, pos, explicit }) => {
    const context = cursorContext(state.doc.toString(), pos);
    if (context === null || (!explicit && context.from === pos && context.key === null)) return null;
    const options = suggestionsAt(schema, context).map(({ label, insert, detail, description }) => ({
      label,
      apply: insert,
      detail,
      type: context.key === null ? 'property' : 'enum',
      ...(description === '' ? {} : { info: description }),
    }));
    return { from: context.from, options, validFor: /^[\w./-]*$/ };
  };
}

/** The part of two texts in which they differ, as one change. */
function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

function diagnosticOf({ line, column, message }: Mistake, doc: Text): Diagnostic {
  const written = doc.line(Math.min(Math.max(line ?? 1, 1), doc.lines));
  const from = Math.min(written.from + (column ?? 1) - 1, written.to);
  const word = /^[^\s,{}#]*/.exec(doc.sliceString(from, written.to))?.[0].length ?? 0;
  return { from, to: from + word, severity: 'error', message };
}
