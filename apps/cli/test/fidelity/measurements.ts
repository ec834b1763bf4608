/** The measured files as rows. Knows no simulation. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** One request of the vLLM server; instants in seconds from the first arrival. */
export interface ServedRequest {
  readonly arrival_s: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  readonly scheduled_s: number;
  readonly first_token_s: number;
  readonly completed_s: number;
}

/** Means of one closed-loop benchmark. */
export interface BenchmarkRow {
  readonly gpu: 'h100-sxm' | 'h200-sxm' | 'b200-sxm';
  readonly engine: 'vllm' | 'trtllm';
  readonly precision: string;
  readonly tensor_parallel_size: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly concurrency: number;
  readonly ttft_s: number;
  readonly tpot_s: number;
}

export function servedRequests(): ServedRequest[] {
  return read('vllm-0.19-rtxpro6000-llama-3.1-8b.csv').map((row) => ({
    arrival_s: number(row, 'arrival_s'),
    prompt_tokens: number(row, 'input_tokens'),
    output_tokens: number(row, 'output_tokens'),
    scheduled_s: number(row, 'scheduled_s'),
    first_token_s: number(row, 'first_token_s'),
    completed_s: number(row, 'last_token_s'),
  }));
}

/** Rows that say how they were driven, of precisions in the catalogue. */
export function llama70bRows(): BenchmarkRow[] {
  return read('llama-3.3-70b-h200-b200.csv')
    .filter((row) => row.source_class === 'inferencex' && row.precision === 'fp8')
    .flatMap(benchmarkRow);
}

/** Rows with answers long enough for TPOT to mean something without the client's settings. */
export function qwen32bRows(): BenchmarkRow[] {
  return read('qwen3-32b-h100.csv')
    .flatMap(benchmarkRow)
    .filter(({ output_tokens }) => output_tokens >= 512);
}

type Cells = Readonly<Record<string, string>>;

function benchmarkRow(row: Cells): BenchmarkRow[] {
  const gpu = GPUS.get(row.system ?? '');
  const engine = row.backend;
  if (gpu === undefined || (engine !== 'vllm' && engine !== 'trtllm')) return [];
  return [
    {
      gpu,
      engine,
      precision: (row.precision ?? '').replace('?', ''),
      tensor_parallel_size: number(row, 'tp'),
      input_tokens: number(row, 'isl'),
      output_tokens: number(row, 'osl'),
      concurrency: number(row, 'concurrency'),
      ttft_s: number(row, 'ttft_ms') / 1000,
      tpot_s: number(row, 'tpot_ms') / 1000,
    },
  ];
}

const GPUS: ReadonlyMap<string, BenchmarkRow['gpu']> = new Map([
  ['h100_sxm', 'h100-sxm'],
  ['h200_sxm', 'h200-sxm'],
  ['b200_sxm', 'b200-sxm'],
]);

function read(name: string): Cells[] {
  const text = readFileSync(join(import.meta.dirname, 'data', name), 'utf8');
  return parse<Cells>(text, { columns: true, bom: true });
}

function number(row: Cells, column: string): number {
  const value = Number(row[column]);
  if (!Number.isFinite(value)) throw new Error(`${column} is not a number: ${row[column]}`);
  return value;
}
