/** Keys of a configuration as short as they can be told apart. Knows no schema. */

/**
 * The last parts of each key that no other key ends with; a last part of one word, such as `mean`, keeps its parent, and
 * what lies between the first and the last of more than two becomes `…`.
 *
 * @example
 * shortKeys(['cluster_mono.num_gpus', 'prompt_tokens.mean']); // ['num_gpus', 'prompt_tokens.mean']
 */
export function shortKeys(keys: readonly string[]): string[] {
  return keys.map((key) => {
    const parts = key.split('.');
    for (let from = parts.length - 1; from > 0; from--) {
      const end = parts.slice(from);
      const alone = end.length === 1 && !end[0]?.includes('_');
      if (!alone && isOnly(keys, (other) => `.${other}`.endsWith(`.${end.join('.')}`))) {
        return elided(end, keys);
      }
    }
    return elided(parts, keys);
  });
}

function elided(parts: readonly string[], keys: readonly string[]): string {
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  const alike = (other: string): boolean => other.split('.').includes(first) && other.endsWith(`.${last}`);
  return parts.length > 2 && isOnly(keys, alike) ? `${first}…${last}` : parts.join('.');
}

function isOnly(keys: readonly string[], fits: (key: string) => boolean): boolean {
  return keys.filter(fits).length === 1;
}
