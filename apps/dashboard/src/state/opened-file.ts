/**
 * What a file is that the user opened or dropped: a scenario, a trace, or a result with its scenario. Knows no format's inside.
 */

/** A scenario is far smaller; a trace is read as a stream and may be this large. */
const MOST_BYTES = { text: 20e6, trace: 1e9 };

export type OpenedFile =
  | { readonly kind: 'scenario'; readonly file: string; readonly text: string }
  | { readonly kind: 'trace'; readonly file: File }
  | { readonly kind: 'refused'; readonly message: string };

/** Never throws: a file that cannot be used is refused with the reason and the way out. */
export async function openedFile(file: File): Promise<OpenedFile> {
  const [, extension = ''] = /\.(\w+)$/.exec(file.name.toLowerCase()) ?? [];
  const refused = (reason: string): OpenedFile => ({
    kind: 'refused',
    message: `${file.name} was not opened: ${reason}`,
  });
  if (file.size === 0) return refused('it is empty.');
  switch (extension) {
    case 'csv':
    case 'jsonl':
      if (file.size > MOST_BYTES.trace) return refused('a trace may have 1 GB here. Run it with llmsim run.');
      return { kind: 'trace', file };
    case 'yaml':
    case 'yml':
    case 'json': {
      if (file.size > MOST_BYTES.text) return refused('it is larger than any scenario or result.');
      const text = await file.text().catch(() => null);
      if (text === null) return refused('it could not be read.');
      if (extension !== 'json') return { kind: 'scenario', file: file.name, text };
      const config = configOf(text);
      return config === null
        ? refused('it is not a result that llmsim run wrote.')
        : { kind: 'scenario', file: file.name, text: config };
    }
    default:
      return refused('the page reads .yaml scenarios, .csv and .jsonl traces, and .json results.');
  }
}

/** The scenario of a result; JSON is YAML. */
function configOf(text: string): string | null {
  try {
    const result: unknown = JSON.parse(text);
    if (typeof result !== 'object' || result === null) return null;
    // `.vllm.json` keeps everything of ours under one key.
    if ('llmsim' in result) return configOf(JSON.stringify(result.llmsim));
    return 'config' in result && 'config_hash' in result ? JSON.stringify(result.config, null, 2) : null;
  } catch {
    return null;
  }
}
