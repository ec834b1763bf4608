/**
 * What every reported name means, in one sentence each: the same words for tables, charts, help and documentation.
 * Knows no report and no formatting. Long because it is one list: nothing but names and sentences.
 */
import type { TermName } from './terms.ts';

export interface Definition {
  /** The short name for people. */
  readonly label: string;
  /** One sentence. */
  readonly definition: string;
}

/**
 * Every term by name.
 *
 * @example
 * definitions.ttft_s.label; // 'TTFT'
 */
export const definitions: Readonly<Record<TermName, Definition>> = {
  ttft_s: {
    label: 'TTFT',
    definition:
      'Time to first token: from the arrival of a request to its first output token, all queueing included, over the requests whose first token falls in the measurement window.',
  },
  tpot_s: {
    label: 'TPOT',
    definition:
      'Time per output token: what a request takes after its first token, divided by its other tokens, over the requests completed in the measurement window; answers of one token have none.',
  },
  itl_s: {
    label: 'ITL',
    definition:
      'Inter-token latency: the gap between two tokens in a row of one request, with the gaps of all requests in one sample, over the gaps whose later token falls in the measurement window.',
  },
  e2e_s: {
    label: 'E2E',
    definition:
      'End-to-end latency: from the arrival of a request to its last token, over the requests completed in the measurement window.',
  },

  mean: { label: 'mean', definition: 'The average of the sample.' },
  p50: { label: 'p50', definition: 'The median: half of the sample is at most this.' },
  p90: { label: 'p90', definition: 'Nine in ten of the sample are at most this.' },
  p95: { label: 'p95', definition: 'Nineteen in twenty of the sample are at most this.' },
  p99: {
    label: 'p99',
    definition:
      'Ninety-nine in a hundred of the sample are at most this, linear between neighbouring values.',
  },
  max: { label: 'max', definition: 'The largest value of the sample.' },
  share: { label: 'share', definition: 'The part of the whole.' },

  pool: {
    label: 'pool',
    definition:
      'A set of GPUs behind one first-come-first-served queue, or of replicas behind one router, each with such a queue.',
  },
  gpus: { label: 'GPUs', definition: 'The number of GPUs in the pool.' },
  utilization: {
    label: 'utilisation',
    definition: "The share of the pool's GPU time in the measurement window that was spent on requests.",
  },
  mean_queue_length: {
    label: 'mean queue',
    definition:
      'The number of requests waiting for a GPU of the pool or for a place in a batch, averaged over the measurement window.',
  },
  max_queue_length: {
    label: 'max queue',
    definition: 'The most requests that waited in the pool at once in the measurement window.',
  },
  waiting_mean_s: {
    label: 'mean wait',
    definition:
      "The average time from joining the pool's queue to getting a GPU or joining a batch, over the requests of the TTFT sample.",
  },
  waiting_p99_s: {
    label: 'p99 wait',
    definition:
      "Ninety-nine in a hundred requests of the TTFT sample got a GPU or joined a batch within this time of joining the pool's queue.",
  },
  service_mean_s: {
    label: 'mean service',
    definition:
      'The average time that a request held a GPU of the pool or was with its replica, over the requests of the TTFT sample as far as it is known.',
  },

  replicas: { label: 'replicas', definition: 'The number of engine instances in the pool.' },
  mean_batch_size: {
    label: 'mean batch',
    definition:
      'The number of requests running on a replica while it is busy, averaged over time in the measurement window.',
  },
  max_batch_size: {
    label: 'max batch',
    definition: 'The most requests that ran on one replica at once in the measurement window.',
  },
  mean_kv_use: {
    label: 'mean KV use',
    definition:
      "The share of the pool's KV blocks in use, averaged over time in the measurement window; blocks that a decoding batch takes between two changes of it count as if each step took the same share of them.",
  },
  max_kv_use: {
    label: 'max KV use',
    definition: "The largest share of one replica's KV blocks in use in the measurement window.",
  },
  engine_steps: {
    label: 'steps',
    definition: 'The engine steps of all replicas that ended in the measurement window.',
  },
  preemptions: {
    label: 'preemptions',
    definition:
      'How often a running request gave its KV blocks to others in the measurement window and had to wait again.',
  },
  never_fit: {
    label: 'never fit',
    definition:
      'The requests turned away by the pool in the whole run because no replica of it could ever hold them.',
  },

  prefix_hit_rate: {
    label: 'prefix hits',
    definition:
      'The share of prompt tokens found in the prefix cache and not computed, over the requests first admitted to a batch in the measurement window.',
  },
  swaps_out: {
    label: 'swaps out',
    definition: 'How often a preempted request was copied to the host, in the measurement window.',
  },
  swaps_in: {
    label: 'swaps in',
    definition: 'How often a request was copied back from the host, in the measurement window.',
  },
  swapped_out_bytes: {
    label: 'bytes out',
    definition: 'The KV cache copied to the host in the measurement window.',
  },
  swapped_in_bytes: {
    label: 'bytes in',
    definition: 'The KV cache copied back from the host in the measurement window.',
  },
  host_link_utilization: {
    label: 'host link',
    definition:
      'The bytes copied between GPUs and hosts in the measurement window, as a share of what the links could have moved.',
  },

  link: { label: 'link', definition: 'The network that moves the KV cache from one pool to another.' },
  transfers: {
    label: 'transfers',
    definition: 'The requests whose KV cache arrived over the link in the measurement window.',
  },
  transferred_bytes: {
    label: 'moved',
    definition: 'The bytes that moved over the link in the measurement window.',
  },
  transferred_bytes_per_s: {
    label: 'moved per second',
    definition: 'The bytes that moved over the link in the measurement window, per second of it.',
  },
  mean_transfers: {
    label: 'under way',
    definition:
      'The number of transfers under way, latency included, averaged over time in the measurement window.',
  },
  utilization_from_nic: {
    label: 'cards out',
    definition:
      'The bytes that moved as a share of what the network cards of the prefill replicas could have moved; above 1 only where transfers do not slow each other down and more moved than the cards could carry.',
  },
  utilization_to_nic: {
    label: 'cards in',
    definition: 'The same for the network cards of the decode replicas.',
  },
  utilization_fabric: {
    label: 'fabric',
    definition: 'The bytes that moved as a share of what all transfers together could have moved.',
  },

  prefill_queue_s: {
    label: 'prefill queue',
    definition: 'Waiting for the GPU, or for the place in a batch, that reads the prompt.',
  },
  prefill_s: {
    label: 'prefill',
    definition: 'Reading the prompt on a GPU, all steps from the first to the last of the prompt included.',
  },
  transfer_wait_s: {
    label: 'transfer wait',
    definition: "Waiting after prefill until the prompt's KV cache starts to move.",
  },
  transfer_s: {
    label: 'KV transfer',
    definition: "Moving the prompt's KV cache from the prefill pool to the decode pool.",
  },
  decode_queue_s: {
    label: 'decode queue',
    definition: 'Waiting for a GPU of the decode pool or for a place in its batches.',
  },
  first_decode_step_s: {
    label: 'first decode step',
    definition: 'Producing the first output token on a GPU.',
  },
  further_tokens_s: {
    label: 'further tokens',
    definition: 'From the first output token to the last.',
  },

  completed_in_window: {
    label: 'completed',
    definition: 'The requests whose last token falls in the measurement window.',
  },
  throughput_rps: {
    label: 'throughput',
    definition: 'Requests completed in the measurement window, per second of it.',
  },
  goodput_rps: {
    label: 'goodput',
    definition:
      'Requests that arrived in the measurement window and met every SLO they have, per second of it; rejected and unfinished ones miss.',
  },
  prompt_tokens_per_s: {
    label: 'prompt tokens',
    definition: 'Prompt tokens of the requests completed in the measurement window, per second of it.',
  },
  output_tokens_per_s: {
    label: 'output tokens',
    definition: 'Output tokens of the requests completed in the measurement window, per second of it.',
  },
  total_tokens_per_s: {
    label: 'all tokens',
    definition:
      'Prompt and output tokens of the requests completed in the measurement window, per second of it.',
  },
  total_tokens_per_s_per_gpu: {
    label: 'all tokens per GPU',
    definition: 'Prompt and output tokens per second, divided by the GPUs of all pools.',
  },
  output_tokens_per_s_per_user: {
    label: 'tokens per user',
    definition: 'How fast one answer streams: one divided by the mean TPOT.',
  },
  preempted_requests: {
    label: 'preempted requests',
    definition:
      'The requests completed in the measurement window that had been preempted at least once where they decode.',
  },

  attainment: {
    label: 'attainment',
    definition:
      'The share of requests that met the SLO among those that arrived in the measurement window; rejected and unfinished ones miss.',
  },

  arrivals: { label: 'arrivals', definition: 'All requests that arrived during the run, warm-up included.' },
  completed: {
    label: 'completed',
    definition: 'Requests that received their last token before the run ended.',
  },
  rejected: { label: 'rejected', definition: 'Requests that were turned away.' },
  in_flight: {
    label: 'in flight',
    definition: 'Requests that had arrived and were still waiting or being served when the run ended.',
  },

  warmup_seconds: {
    label: 'warm-up',
    definition: 'The time that was left out at the start of the run, seconds.',
  },
  mser5_s: {
    label: 'MSER-5',
    definition:
      'The time that the rule MSER-5 would leave out at the start of the run, seconds, by how many requests wait and how many GPUs are busy.',
  },

  stable: { label: 'Stable', definition: 'No queue grew, so the percentiles describe the system.' },
  backlogged: {
    label: 'Backlogged',
    definition: 'A burst was still queued at the end, so the tail depends on where the run stops.',
  },
  overloaded: {
    label: 'Overloaded',
    definition: 'A queue grew all along, so the tail depends on how long the run is.',
  },
};
