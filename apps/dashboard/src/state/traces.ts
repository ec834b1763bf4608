/**
 * The trace files that the page has: those it ships with and those the user opened. Knows no format.
 */

const shipped = import.meta.glob<string>('../../../../configs/traces/*.{csv,jsonl}', {
  query: '?url',
  import: 'default',
  eager: true,
});

export class Traces {
  readonly #files = new Map<string, File>();

  /** Takes a file that the user opened; it stands in for an earlier one of its name. */
  add(file: File): void {
    this.#files.set(file.name, file);
  }

  /** The file of this name, null when the page does not have it. */
  async named(name: string): Promise<File | null> {
    const had = this.#files.get(name);
    if (had !== undefined) return had;
    const [, url] = Object.entries(shipped).find(([path]) => path.endsWith(`/${name}`)) ?? [];
    if (url === undefined) return null;
    const answer = await fetch(url);
    if (!answer.ok) return null;
    // A fixed date, so that it counts as one file for as long as the page is open.
    const file = new File([await answer.blob()], name, { lastModified: 0 });
    this.#files.set(name, file);
    return file;
  }
}
