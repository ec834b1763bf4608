/** Reading texts and files in tests. */
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { formatTraceProblem, type ReadTraceOptions, readTrace, type Trace } from '../../src/index.ts';

const root = resolve(import.meta.dirname, '../../../..');

export const AZURE: string = resolve(root, 'configs/traces/azure-llm-2023-conv.csv');
export const MOONCAKE: string = resolve(root, 'configs/traces/mooncake-conversation-500.jsonl');
export const fixture = (name: string): string => resolve(import.meta.dirname, '../fixtures', name);
/** Whole traces that stand beside a checkout on some machines. */
export const beside = (name: string): string => resolve(root, '../shared/data/traces', name);

/** The trace in a text; fails the test when there is none. */
export async function traceIn(text: string, options: ReadTraceOptions = {}): Promise<Trace> {
  return good(await readTrace([text], options));
}

export async function traceOf(path: string, options: ReadTraceOptions = {}): Promise<Trace> {
  return good(await readTrace(createReadStream(path), options));
}

/** The problems with a text as lines, of a file called t. */
export async function problemsIn(
  text: string | Uint8Array,
  options: ReadTraceOptions = {},
): Promise<string[]> {
  const result = await readTrace([text], { file: 't', ...options });
  return result.ok ? [] : result.problems.map(formatTraceProblem);
}

export function good(result: Awaited<ReturnType<typeof readTrace>>): Trace {
  if (!result.ok) throw new Error(result.problems.map(formatTraceProblem).join('\n'));
  return result.trace;
}

/** The columns as plain arrays, to compare. */
export function rowsOf({ workload }: Trace): {
  arrival_s: number[];
  prompt_tokens: number[];
  output_tokens: number[];
} {
  return {
    arrival_s: [...workload.arrival_s],
    prompt_tokens: [...workload.prompt_tokens],
    output_tokens: [...workload.output_tokens],
  };
}

export const traps = ({ warnings }: Trace): string[] => warnings.map(({ trap }) => trap);
