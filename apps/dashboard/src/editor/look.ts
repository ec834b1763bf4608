/** How the editor looks: the page's colours and sizes, which reach into its shadow root as custom properties. */
import { EditorView } from '@codemirror/view';

export const look = EditorView.theme({
  '&': {
    maxHeight: '28rem',
    border: '1px solid var(--edge)',
    borderRadius: '4px',
    background: 'var(--surface)',
    color: 'var(--ink)',
    fontSize: 'var(--text-small)',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '2px' },
  '.cm-scroller': { overflow: 'auto', fontFamily: 'ui-monospace, monospace', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-gutters': {
    background: 'var(--page)',
    color: 'var(--ink-quiet)',
    borderRight: '1px solid var(--rule)',
  },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-tooltip': { border: '1px solid var(--edge)', background: 'var(--surface)', color: 'var(--ink)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--accent)',
    color: 'var(--on-accent)',
  },
  '.cm-completionDetail': { color: 'inherit', fontStyle: 'normal', opacity: '1', marginLeft: '1em' },
  '.cm-completionInfo': { maxWidth: '20rem' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
});
