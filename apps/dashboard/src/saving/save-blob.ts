/** Gives the user a file. Knows no content. */

/** Longer than a browser takes to start saving. */
const KEPT_MS = 60_000;

export function saveBlob(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
