/**
 * The trace files that the page has: those it ships with, those the user opened, and one that lies beside the page.
 * Knows no format.
 */

import { GIVEN_FOLDER } from '@llmsim/config';

const shipped = import.meta.glob<string>('../../../../configs/traces/*.{csv,jsonl}', {
  query: '?url',
  import: 'default',
  eager: true,
});

export class Traces {
  readonly #files = new Map<string, File>();
  /** The name and the address of the one that lies beside the page. */
  #given: readonly [name: string, url: string] | null = null;

  /** Takes a file that the user opened; it stands in for an earlier one of its name. */
  add(file: File): void {
    this.#files.set(file.name, file);
  }

  /** Takes the name of a trace that whoever serves the page has put beside it. */
  give(name: string): void {
    this.#given = [name, `${GIVEN_FOLDER}/${encodeURIComponent(name)}`];
  }

  /** The file of this name, null when the page does not have it. */
  async named(name: string): Promise<File | null> {
    const had = this.#files.get(name);
    if (had !== undefined) return had;
    const [, url] =
      this.#given?.[0] === name
        ? this.#given
        : (Object.entries(shipped).find(([path]) => path.endsWith(`/${name}`)) ?? []);
    if (url === undefined) return null;
    const answer = await fetch(url);
    if (!answer.ok) return null;
    // A fixed date, so that it counts as one file for as long as the page is open.
    const file = new File([await answer.blob()], name, { lastModified: 0 });
    this.#files.set(name, file);
    return file;
  }
}
