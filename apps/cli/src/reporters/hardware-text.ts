/**
 * A pool's hardware in words: what it is, where its step times come from, and how its KV blocks are counted.
 * Knows no layout beyond short lines.
 */
import { formatCount } from '@llmsim/analysis';
import { gigabytes, type PoolHardware } from '@llmsim/config';

/** What one or more pools run on. */
export interface HardwareText {
  /** Names of the pools, such as `prefill + decode`. */
  readonly pools: string;
  /** Lines of at most 62 columns. */
  readonly lines: readonly string[];
}

/** Each hardware once, with the pools that run on it. */
export function hardwareTexts(hardware: readonly PoolHardware[]): HardwareText[] {
  const pools = new Map<string, { names: string[]; lines: string[] }>();
  for (const each of hardware) {
    const lines = [each.name, stepTimes(each), ...memoryLines(each)];
    const key = lines.join('\n');
    const known = pools.get(key);
    if (known === undefined) pools.set(key, { names: [each.pool], lines });
    else known.names.push(each.pool);
  }
  return [...pools.values()].map(({ names, lines }) => ({ pools: names.join(' + '), lines }));
}

function stepTimes({ measurement }: PoolHardware): string {
  if (measurement === null) return 'step times ESTIMATED from specifications: nobody measured them';
  const { engine, source_kind, decode_error_pct } = measurement;
  return `step times measured: ${engine}, ${source_kind}, error ${decode_error_pct} %`;
}

/** `usable − weights − overhead = KV`, then `KV / (bytes × tokens) = blocks`. */
function memoryLines({ memory, tensor_parallel_size, num_gpu_blocks }: PoolHardware): string[] {
  const { memory_bytes, gpu_memory_utilization, weights_bytes, overhead_bytes, kv_bytes } = memory;
  const { kv_bytes_per_token, block_size, num_gpu_blocks: derived } = memory;
  const gpus = `${tensor_parallel_size} × ${gigabytes(memory_bytes)} × ${gpu_memory_utilization}`;
  const block = `(${formatCount(kv_bytes_per_token)} B × ${block_size} tokens)`;
  const sum = [
    `memory ${gpus} − weights ${gigabytes(weights_bytes)}`,
    `− overhead ${gigabytes(overhead_bytes)} = KV ${gigabytes(kv_bytes)}`,
    `KV / ${block} = ${formatCount(derived)} blocks`,
  ];
  if (num_gpu_blocks === derived) return sum;
  return [...sum, `num_gpu_blocks is ${formatCount(num_gpu_blocks)}, as written`];
}
