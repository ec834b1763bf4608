/**
 * What a link to the dashboard carries behind its #: this, as JSON, deflated without a header, in base64url, after the
 * key. Whoever packs and unpacks it brings the means of its platform. Knows no schema.
 */

/** A scenario on its way to the dashboard. */
export interface SharedScenario {
  /** How messages call the text. */
  readonly file: string;
  readonly text: string;
  /** The view on show. */
  readonly view: string;
  /** The file name of a trace that lies beside the page, in the folder `GIVEN_FOLDER`. */
  readonly trace?: string;
}

/** Where the program that serves the page puts what it hands on. */
export const GIVEN_FOLDER = 'given';

/** The longest trace that the page takes, bytes: it is read as a stream. */
export const MOST_TRACE_BYTES = 1e9;

/** The longest scenario that is read, characters: one takes a few thousand. */
export const MOST_SCENARIO_CHARACTERS = 250_000;

/** Stands before the code. A change of format changes it, so that an old page does not misread a new link. */
export const LINK_KEY = 'v1=';
