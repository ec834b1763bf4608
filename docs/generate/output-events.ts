/** The lines of the event stream, with what each means. */
import { explained, type Meaning } from './explain.ts';
import { realOutput } from './real-outputs.ts';
import { code, table } from './table.ts';

export function events(): string {
  const lines = [
    realOutput('.ndjson', 'example'),
    realOutput('.ndjson', 'azure-conv-mono', '--num-prompts', '100', '--set', 'warmup_seconds=0'),
    // So few blocks that some requests never fit.
    realOutput('.ndjson', 'steps-mono', '--num-prompts', '200', '--set', 'warmup_seconds=0', ...FEW_BLOCKS),
  ]
    .join('')
    .trim()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
  const kinds = new Map<string, Set<string>>();
  for (const { event, ...fields } of lines) {
    const known = kinds.get(String(event)) ?? new Set();
    for (const field of Object.keys(fields)) known.add(field);
    kinds.set(String(event), known);
  }
  const fields = new Set([...kinds.values()].flatMap((of) => [...of]));
  for (const kind of kinds.keys()) if (!MEANINGS.has(kind)) missing(kind);
  const rows = [...MEANINGS].map(([kind, meaning]) => [
    code(kind),
    meaning,
    [...(kinds.get(kind) ?? missing(kind))].map(code).join(', '),
  ]);
  return [table(['event', 'when', 'fields'], rows), explained('field', fields, FIELDS)].join('\n\n');
}

const FEW_BLOCKS = ['--set', 'cluster_mono.replica.num_gpu_blocks=60'];

function missing(kind: string): never {
  throw new Error(`The event ${kind} has no meaning in docs/generate, or no run there has it`);
}

const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['arrival', 'A request arrives.'],
  ['rejection', 'A request is turned away: no replica can ever hold it.'],
  [
    'service_start',
    'A GPU takes a request, or a replica admits it to its batch for the first time, in any pool.',
  ],
  ['prefill_end', 'A prompt has been read.'],
  ['first_token', 'The first output token appears.'],
  ['completion', 'The last output token appears.'],
  ['pool_state', 'What a pool holds from now on.'],
  ['end', 'The run is over; always the last line.'],
]);

const FIELDS: readonly Meaning[] = [
  ['time_s', 'Virtual seconds since the start of the run.'],
  ['id', 'The request, in order of arrival, from 0.'],
  ['arrival_s', 'When it arrived.'],
  ['prompt_tokens', 'Tokens of its prompt.'],
  ['output_tokens', 'Tokens of its answer.'],
  ['pool', 'The pool; `null` at arrival and rejection.'],
  ['gpu', 'The GPU or replica within the pool, from 0, also of the one that turns it away; −1 at arrival.'],
  ['busy', 'Busy GPUs of the pool: all of a replica while it runs a step.'],
  ['waiting', 'Requests waiting for the pool.'],
  ['finished', 'False when the run was interrupted.'],
  ['verdict', 'State, pool and reason.'],
  ['outcomes', 'Arrivals, completed, rejected, in flight.'],
  ['version', 'Of llmsim.'],
  ['config_hash', 'SHA-256 of the configuration and of the requests of its trace.'],
  ['seed', 'The seed of every random draw.'],
  ['config', 'The whole configuration.'],
];
