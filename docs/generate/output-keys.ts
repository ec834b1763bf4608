/** The keys and columns of the outputs of `llmsim run`, with what each means. */
import { definitions } from '@llmsim/analysis';
import { explained, type Meaning } from './explain.ts';
import { realOutput } from './real-outputs.ts';
import { table } from './table.ts';

const meaning = (name: keyof typeof definitions): string => definitions[name].definition;

/** Both architectures in both models. */
const SCENARIOS = ['example', 'azure-conv-mono', 'steps-mono', 'steps-disagg'];

export function resultKeys(): string {
  const keys = new Set(SCENARIOS.flatMap((scenario) => flatKeys(result(scenario))));
  return explained('key', keys, RESULT);
}

/** Which keys depend on the architecture and the model. */
export function clusterKeys(): string {
  const rows = SCENARIOS.map((scenario) => {
    const { mode, ...keys } = result(scenario);
    const own = Object.keys(keys).filter((key) => /^utilization_|gpus$|replicas$/.test(key));
    const model = scenario.startsWith('steps') ? 'steps' : 'token_rate';
    return [String(mode), model, own.map((key) => `\`${key}\``).join(', ')];
  });
  return table(['mode', 'model', 'keys'], rows);
}

export function summaryColumns(): string {
  const columns = ['example', 'steps-disagg'].flatMap((scenario) => header(realOutput('.csv', scenario)));
  return explained('column', new Set(columns), SUMMARY);
}

export function requestColumns(): string {
  return explained('column', header(realOutput('.requests.csv', 'example')), REQUESTS);
}

export function stepRequestColumns(): string {
  return explained('column', header(realOutput('.requests.csv', 'steps-disagg')), STEP_REQUESTS);
}

export function vllmKeys(): string {
  return explained('key', Object.keys(JSON.parse(realOutput('.vllm.json', 'example'))), VLLM);
}

function result(scenario: string): Record<string, unknown> {
  return JSON.parse(realOutput('.json', scenario));
}

function header(csv: string): string[] {
  return (csv.split('\n')[0] ?? '').split(',');
}

/** Keys with dots. The configuration and summaries of samples count as one key each. */
function flatKeys(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, member]) => {
    const path = `${prefix}${key}`;
    const items = Array.isArray(member) && typeof member[0] === 'object';
    const inner = items ? member[0] : member;
    const whole =
      typeof inner !== 'object' ||
      inner === null ||
      Array.isArray(inner) ||
      'p99' in inner ||
      key === 'config';
    return whole ? [path] : flatKeys(inner, `${path}${items ? '[]' : ''}.`);
  });
}

const MODEL = '`token_rate` when a request holds a GPU, `steps` when replicas batch requests.';

const NO_SWAP = '`null` where the pool does not swap.';
const NO_NIC = '`null` where requests hold GPUs.';

const RESULT: readonly Meaning[] = [
  ['num_samples', 'Size of the TTFT sample.'],
  ['{statistic}_ttft_s', `Statistics of TTFT, seconds. ${meaning('ttft_s')}`],
  ['elapsed_s', 'Length of the measurement window, seconds.'],
  ['mode', 'The architecture: `mono` or `disagg`.'],
  ['throughput_rps', meaning('throughput_rps')],
  ['utilization_{pool}', meaning('utilization')],
  ['num_gpus', 'GPUs of the one pool.'],
  ['{pool}_gpus', meaning('gpus')],
  ['replicas', 'Replicas of the one pool.'],
  ['{pool}_replicas', meaning('replicas')],
  ['arrival_rate_per_s', 'Offered requests per second: the configured rate, or that of the trace.'],
  ['prompt_tokens_log.mu', 'Mean of ln(prompt tokens).'],
  ['prompt_tokens_log.sigma', 'Standard deviation of ln(prompt tokens).'],
  ['prompt_tokens_log.min_value', 'Shortest prompt, tokens.'],
  ['prompt_tokens_log', '`null` when a trace is replayed.'],
  ['prompt_tokens_real.mean', 'Mean prompt length, tokens.'],
  ['prompt_tokens_real.std', 'Standard deviation of the prompt length, tokens.'],
  ['output_tokens_log.mu', 'Mean of ln(output tokens).'],
  ['output_tokens_log.sigma', 'Standard deviation of ln(output tokens).'],
  ['output_tokens_log.min_value', 'Shortest answer, tokens.'],
  ['output_tokens_log', '`null` when a trace is replayed.'],
  ['output_tokens_real.mean', 'Mean answer length, tokens.'],
  ['output_tokens_real.std', 'Standard deviation of the answer length, tokens.'],
  ['verdict', '`stable`, `backlogged` or `overloaded`.'],
  ['finished', 'False when the run was interrupted; every number then covers what came before.'],
  [
    'warm_up.warmup_seconds',
    `${meaning('warmup_seconds')} \`warm_up\` is \`null\` for a run too short to judge: fewer than 50 requests, or 50 bins of its timeline.`,
  ],
  ['warm_up.mser5_s', meaning('mser5_s')],
  ['warm_up.settled', 'False when MSER-5 finds no place in the first half of the run.'],
  [
    'warm_up.enough',
    'Whether nothing that MSER-5 would leave out was measured, or what was is not emptier than the rest by more than chance.',
  ],
  ['version', 'Of llmsim.'],
  ['config_hash', 'SHA-256 of the configuration and of the requests of its trace.'],
  ['seed', 'The seed of every random draw.'],
  [
    'config',
    'The whole configuration, defaults included, but for a cluster that is neither written nor run. `llmsim run result.json` runs it again.',
  ],
  ['report.mode', 'As `mode`.'],
  ['report.model', MODEL],
  ['report.seed', 'As `seed`.'],
  ['report.finished', 'As `finished`.'],
  ['report.end_s', 'The run covered [0, end_s), seconds.'],
  ['report.window_s', 'The measurement window [from, to), seconds.'],
  ['report.verdict.state', 'As `verdict`.'],
  ['report.verdict.pool', 'The pool that decided; `null` when stable.'],
  ['report.verdict.reason', 'The numbers that decided, in a sentence.'],
  ['report.outcomes.arrivals', meaning('arrivals')],
  ['report.outcomes.completed', meaning('completed')],
  ['report.outcomes.rejected', meaning('rejected')],
  ['report.outcomes.in_flight', meaning('in_flight')],
  ['report.{latency}_s', 'Summary of TTFT, TPOT, ITL and E2E, seconds.'],
  ['report.completed_in_window', meaning('completed_in_window')],
  ['report.throughput_rps', 'As `throughput_rps`.'],
  ['report.prompt_tokens_per_s', meaning('prompt_tokens_per_s')],
  ['report.output_tokens_per_s', meaning('output_tokens_per_s')],
  ['report.total_tokens_per_s', meaning('total_tokens_per_s')],
  ['report.total_tokens_per_s_per_gpu', meaning('total_tokens_per_s_per_gpu')],
  ['report.output_tokens_per_s_per_user', meaning('output_tokens_per_s_per_user')],
  ['report.preempted_requests', meaning('preempted_requests')],
  ['report.pools[].name', 'The name of the pool: `gpu`, `replica`, `prefill` or `decode`.'],
  ['report.pools[].gpus', meaning('gpus')],
  ['report.pools[].batching', '`null` for a pool whose GPUs each hold one request.'],
  ['report.pools[].batching.replicas', meaning('replicas')],
  [
    'report.pools[].batching.mean_batch_size',
    `${meaning('mean_batch_size')} \`null\` when none was ever busy.`,
  ],
  ['report.pools[].batching.max_batch_size', meaning('max_batch_size')],
  ['report.pools[].batching.mean_kv_use', `${meaning('mean_kv_use')} \`null\` when blocks are unlimited.`],
  ['report.pools[].batching.max_kv_use', `${meaning('max_kv_use')} \`null\` when blocks are unlimited.`],
  ['report.pools[].batching.engine_steps', meaning('engine_steps')],
  ['report.pools[].batching.preemptions', meaning('preemptions')],
  ['report.pools[].batching.rejected', meaning('never_fit')],
  [
    'report.pools[].batching.prefix_hit_rate',
    `${meaning('prefix_hit_rate')} \`null\` where the pool keeps no prefixes or requests name none.`,
  ],
  ['report.pools[].batching.swaps_out', `${meaning('swaps_out')} ${NO_SWAP}`],
  ['report.pools[].batching.swaps_in', `${meaning('swaps_in')} ${NO_SWAP}`],
  ['report.pools[].batching.swapped_out_bytes', `${meaning('swapped_out_bytes')} ${NO_SWAP}`],
  ['report.pools[].batching.swapped_in_bytes', `${meaning('swapped_in_bytes')} ${NO_SWAP}`],
  ['report.pools[].batching.host_link_utilization', `${meaning('host_link_utilization')} ${NO_SWAP}`],
  ['report.pools[].utilization', meaning('utilization')],
  ['report.pools[].mean_queue_length', meaning('mean_queue_length')],
  ['report.pools[].max_queue_length', meaning('max_queue_length')],
  [
    'report.pools[].waiting_s',
    "Summary of the time from joining the pool's queue to getting a GPU, over the requests of the TTFT sample.",
  ],
  ['report.pools[].service_s', 'Summary of the time on a GPU, over the requests of the TTFT sample.'],
  ['report.pools[].timeline.bin_s', 'Width of the bins of the timeline, seconds, from time 0.'],
  ['report.pools[].timeline.waiting', 'Mean number of waiting requests in each bin.'],
  ['report.pools[].timeline.busy', 'Mean number of busy GPUs in each bin.'],
  ['report.links', 'Empty where nothing moves between pools, or moves in no time.'],
  ['report.links[].from', 'The pool that sends.'],
  ['report.links[].to', 'The pool that receives.'],
  ['report.links[].transfers', meaning('transfers')],
  ['report.links[].bytes', meaning('transferred_bytes')],
  ['report.links[].bytes_per_s', meaning('transferred_bytes_per_s')],
  ['report.links[].mean_transfers', meaning('mean_transfers')],
  ['report.links[].utilization_from_nic', `${meaning('utilization_from_nic')} ${NO_NIC}`],
  ['report.links[].utilization_to_nic', `${meaning('utilization_to_nic')} ${NO_NIC}`],
  ['report.links[].utilization_fabric', `${meaning('utilization_fabric')} \`null\` without a limit.`],
  ['report.breakdown.mean.{part}_s', 'Mean parts of TTFT; they sum to the mean TTFT.'],
  ['report.breakdown.tail.{part}_s', 'Mean parts of the requests at and above the p99.'],
  ['report.breakdown.tail.count', 'How many requests these are.'],
  ['report.breakdown.tail.from_ttft_s', 'The least TTFT that counts among them.'],
  ['report.breakdown.missed', '`null` where no first token of the sample was later than the SLO.'],
  [
    'report.breakdown.missed.{part}_s',
    'Mean parts of the requests whose first token was later than the SLO.',
  ],
  ['report.breakdown.missed.count', 'How many requests these are.'],
  ['report.slo.ttft_s', 'The target; `null` when there is none.'],
  ['report.slo.tpot_s', 'The target; `null` when there is none.'],
  ['report.slo.judged', 'Requests that arrived in the window.'],
  ['report.slo.met', 'Those that met every SLO they have.'],
  ['report.slo.attainment', meaning('attainment')],
  ['report.slo.ttft_attainment', 'The same for the TTFT target alone.'],
  [
    'report.slo.tpot_attainment',
    'The same for the TPOT target, among requests of two output tokens or more.',
  ],
  ['report.slo.goodput_rps', meaning('goodput_rps')],
  ['report.quantiles.method', '`exact` or `histogram`.'],
  [
    'report.quantiles.relative_error',
    'Largest relative error of a percentile, that of [ITL](../model.md#percentiles) apart; 0 when exact.',
  ],
];

const EMPTY_SWAP = 'Empty where the pool does not swap.';

const SUMMARY: readonly Meaning[] = [
  ['mode', 'The architecture: `mono` or `disagg`.'],
  ['seed', 'The seed of every random draw.'],
  ['verdict', '`stable`, `backlogged` or `overloaded`.'],
  ['finished', 'False when the run was interrupted.'],
  ['elapsed_s', 'Length of the measurement window, seconds.'],
  ['arrivals', meaning('arrivals')],
  ['completed', meaning('completed')],
  ['rejected', meaning('rejected')],
  ['in_flight', meaning('in_flight')],
  ['num_samples', 'Size of the TTFT sample.'],
  ['{statistic}_{latency}_s', 'Statistics of TTFT, TPOT, ITL and E2E, seconds.'],
  ['completed_in_window', meaning('completed_in_window')],
  ['throughput_rps', meaning('throughput_rps')],
  ['prompt_tokens_per_s', meaning('prompt_tokens_per_s')],
  ['output_tokens_per_s', meaning('output_tokens_per_s')],
  ['goodput_rps', meaning('goodput_rps')],
  ['attainment', meaning('attainment')],
  ['ttft_attainment', 'The same for the TTFT target alone.'],
  ['tpot_attainment', 'The same for the TPOT target, among requests of two output tokens or more.'],
  ['gpus_{pool}', meaning('gpus')],
  ['utilization_{pool}', meaning('utilization')],
  ['mean_queue_length_{pool}', meaning('mean_queue_length')],
  ['max_queue_length_{pool}', meaning('max_queue_length')],
  ['mean_waiting_{pool}_s', meaning('waiting_mean_s')],
  ['p99_waiting_{pool}_s', meaning('waiting_p99_s')],
  ['mean_service_{pool}_s', meaning('service_mean_s')],
  ['replicas_{pool}', meaning('replicas')],
  ['mean_batch_size_{pool}', `${meaning('mean_batch_size')} \`null\` when none was ever busy.`],
  ['max_batch_size_{pool}', meaning('max_batch_size')],
  ['mean_kv_use_{pool}', `${meaning('mean_kv_use')} \`null\` when blocks are unlimited.`],
  ['max_kv_use_{pool}', `${meaning('max_kv_use')} \`null\` when blocks are unlimited.`],
  ['engine_steps_{pool}', meaning('engine_steps')],
  ['preemptions_{pool}', meaning('preemptions')],
  ['rejected_{pool}', meaning('never_fit')],
  [
    'prefix_hit_rate_{pool}',
    `${meaning('prefix_hit_rate')} Empty where the pool keeps no prefixes or requests name none.`,
  ],
  ['swaps_out_{pool}', `${meaning('swaps_out')} ${EMPTY_SWAP}`],
  ['swaps_in_{pool}', `${meaning('swaps_in')} ${EMPTY_SWAP}`],
  ['swapped_out_bytes_{pool}', `${meaning('swapped_out_bytes')} ${EMPTY_SWAP}`],
  ['swapped_in_bytes_{pool}', `${meaning('swapped_in_bytes')} ${EMPTY_SWAP}`],
  ['host_link_utilization_{pool}', `${meaning('host_link_utilization')} ${EMPTY_SWAP}`],
  ['mean_{part}_s', 'Mean parts of TTFT; they sum to `mean_ttft_s`.'],
  ['tail_{part}_s', 'Mean parts of the requests at and above the p99.'],
  ['total_tokens_per_s', meaning('total_tokens_per_s')],
  ['total_tokens_per_s_per_gpu', meaning('total_tokens_per_s_per_gpu')],
  ['output_tokens_per_s_per_user', meaning('output_tokens_per_s_per_user')],
  ['preempted_requests', meaning('preempted_requests')],
  ['transfers_prefill_to_decode', meaning('transfers')],
  ['bytes_prefill_to_decode', meaning('transferred_bytes')],
  ['bytes_per_s_prefill_to_decode', meaning('transferred_bytes_per_s')],
  ['mean_transfers_prefill_to_decode', meaning('mean_transfers')],
  ['utilization_from_nic_prefill_to_decode', meaning('utilization_from_nic')],
  ['utilization_to_nic_prefill_to_decode', meaning('utilization_to_nic')],
  ['utilization_fabric_prefill_to_decode', `${meaning('utilization_fabric')} Empty without a limit.`],
  ['model', MODEL],
  ['warmup_seconds', meaning('warmup_seconds')],
  ['mser5_s', `${meaning('mser5_s')} Empty for a run too short to judge.`],
  ['version', 'Of llmsim.'],
  ['config_hash', 'SHA-256 of the configuration and of the requests of its trace.'],
];

const REQUESTS: readonly Meaning[] = [
  ['id', 'Requests in order of arrival, from 0.'],
  ['arrival_s', 'When it arrived.'],
  ['prompt_tokens', 'Tokens of its prompt.'],
  ['output_tokens', 'Tokens of its answer.'],
  ['outcome', '`completed`, `rejected` or `in_flight`.'],
  ['prefill_start_s', 'When a GPU took it for prefill.'],
  ['prefill_end_s', 'When its prompt was read.'],
  ['decode_start_s', 'When a GPU began to decode it.'],
  ['first_token_s', 'When its first output token appeared.'],
  ['completed_s', 'When its last output token appeared.'],
];

const STEP_REQUESTS: readonly Meaning[] = [
  ...REQUESTS.slice(0, 5),
  ['scheduled_s', 'When it was first admitted to the batch of a replica.'],
  ['prefill_end_s', 'When its prompt was read.'],
  ['transfer_end_s', "When its prompt's KV cache had moved to its decode replica."],
  ['decode_scheduled_s', 'When it was first admitted to the batch of its decode replica.'],
  ['first_token_s', 'When its first output token appeared.'],
  ['completed_s', 'When its last output token appeared.'],
  ['preemptions', 'How often it was preempted where it decodes.'],
];

const VLLM: readonly Meaning[] = [
  ['date', 'When the file was written, UTC; `SOURCE_DATE_EPOCH` fixes it.'],
  ['num_prompts', 'Arrivals in the window.'],
  ['request_rate', 'Offered requests per second; `"inf"` where clients wait.'],
  ['burstiness', '1 for Poisson and where clients wait, the shape of gamma gaps; `null` for a trace.'],
  ['max_concurrency', 'Clients of a closed loop; `null` where arrivals do not wait for answers.'],
  ['duration', 'Length of the measurement window, seconds.'],
  ['completed', meaning('completed_in_window')],
  ['failed', 'Rejected requests that arrived in the window.'],
  ['total_input_tokens', 'Prompt tokens of the completed requests.'],
  ['total_output_tokens', 'Output tokens of the completed requests.'],
  ['request_throughput', meaning('throughput_rps')],
  ['request_goodput', 'Goodput; `null` without an SLO.'],
  ['output_throughput', meaning('output_tokens_per_s')],
  ['total_token_throughput', 'Prompt and output tokens together.'],
  ['{bench_statistic}_{bench_latency}_ms', 'Statistics of TTFT, TPOT, ITL and E2E, milliseconds.'],
  ['input_lens', 'Prompt tokens of each completed request.'],
  ['output_lens', 'Output tokens of each completed request.'],
  ['ttfts', 'TTFT of each completed request, seconds.'],
  [
    'itls',
    'The gaps between the tokens of each completed request, seconds; in the step model each is the mean of its request.',
  ],
  ['start_times', 'Arrival of each completed request, seconds.'],
  ['llmsim', 'Ours: version, configuration and its hash, and the whole report.'],
];
