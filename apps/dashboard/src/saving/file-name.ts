/** Names of files that are saved. Knows no content. */

/** `example.yaml`, `ttft_cdf`, `png` → `example-ttft_cdf.png`; whatever a name may hold, it is one on every system. */
export function fileName(shown: string, part: string, ending: string): string {
  const base = safe(shown.slice(shown.lastIndexOf('/') + 1).replace(/\.(ya?ml|json)$/i, ''));
  const words = [base, safe(part)].filter((word) => word !== '');
  return `${words.join('-')}.${ending}`;
}

function safe(word: string): string {
  return word.replace(/[^\p{L}\p{N}_.]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
}
