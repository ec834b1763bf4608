/** What reads the text of scenarios, to be loaded at once and late. Knows nothing itself. */
export { changesOf } from './command-changes.ts';
export { edited } from './edited.ts';
export { prepareText } from './prepare-text.ts';
