/**
 * An earlier result as a scenario: the configuration inside a JSON file that `run` wrote. Knows no schema.
 */

/** The configuration of a result as text, null when the text is no result of `run`. */
export function configOfResult(text: string): string | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    const result: unknown = JSON.parse(text);
    if (typeof result !== 'object' || result === null) return null;
    if ('config' in result && 'config_hash' in result) return JSON.stringify(result.config, null, 2);
    // `.vllm.json` keeps everything of ours under one key.
    return 'llmsim' in result ? configOfResult(JSON.stringify(result.llmsim)) : null;
  } catch {
    return null;
  }
}
