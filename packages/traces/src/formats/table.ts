/** Every format there is. A new one is a file beside this and a line here. */
import { azure } from './azure.ts';
import { burstgpt } from './burstgpt.ts';
import type { TraceFormat, TraceFormatName } from './format.ts';
import { csv, jsonl } from './generic.ts';
import { mooncake } from './mooncake.ts';
import { sharegpt } from './sharegpt.ts';
import { vllm } from './vllm.ts';

/** The formats that can be read and written. */
export const TRACE_FORMATS: readonly TraceFormat[] = [azure, mooncake, burstgpt, vllm, sharegpt, csv, jsonl];

/**
 * The format of that name.
 *
 * @throws RangeError when there is none.
 */
export function formatNamed(name: TraceFormatName): TraceFormat {
  const format = TRACE_FORMATS.find((candidate) => candidate.name === name);
  if (format === undefined) {
    const known = TRACE_FORMATS.map((candidate) => candidate.name).join(', ');
    throw new RangeError(`format must be one of ${known}, got ${name}`);
  }
  return format;
}
