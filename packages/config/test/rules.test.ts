/** Every rule of a scenario: the text that breaks it, where the problem points, what it says and advises. */
import { describe, expect, it } from 'vitest';
import { hasAutoWarmUp } from '../src/index.ts';
import { configOf, linesOf } from './loading.ts';

const broken: Array<[rule: string, text: string, line: string]> = [
  [
    'a rate is above 0',
    'arrival: {rate_per_s: 0}',
    'a.yaml:1:23: arrival.rate_per_s must be above 0, got 0. Write for example rate_per_s: 2.',
  ],
  [
    'a rate is not negative',
    'arrival: {rate_per_s: -1}',
    'a.yaml:1:23: arrival.rate_per_s must be above 0, got -1. Write for example rate_per_s: 2.',
  ],
  [
    'a rate is a number',
    'arrival: {rate_per_s: fast}',
    'a.yaml:1:23: arrival.rate_per_s must be a number, got "fast". Write for example rate_per_s: 2.',
  ],
  [
    'NaN is no rate',
    'arrival: {rate_per_s: .nan}',
    'a.yaml:1:23: arrival.rate_per_s must be a finite number, got NaN. Write for example rate_per_s: 2.',
  ],
  [
    'infinity is no rate',
    'arrival: {rate_per_s: .inf}',
    'a.yaml:1:23: arrival.rate_per_s must be a finite number, got Infinity. Write for example rate_per_s: 2.',
  ],
  [
    'nor is a number beyond float64',
    'arrival: {rate_per_s: 1e999}',
    'a.yaml:1:23: arrival.rate_per_s must be a finite number, got Infinity. Write for example rate_per_s: 2.',
  ],
  [
    'a count is at least 1',
    'cluster_mono: {num_gpus: 0}',
    'a.yaml:1:26: cluster_mono.num_gpus must be at least 1, got 0. Write for example num_gpus: 4.',
  ],
  [
    'a count is whole',
    'cluster_mono: {num_gpus: 2.5}',
    'a.yaml:1:26: cluster_mono.num_gpus must be a whole number, got 2.5. Write for example num_gpus: 3.',
  ],
  [
    'a count has an end',
    'cluster_mono: {num_gpus: 1e9}',
    'a.yaml:1:26: cluster_mono.num_gpus must be at most 1000000, got 1000000000. Write for example num_gpus: 4.',
  ],
  [
    'min_value is at least 1',
    'prompt_tokens: {min_value: 0}',
    'a.yaml:1:28: prompt_tokens.min_value must be at least 1, got 0. Write for example min_value: 1.',
  ],
  [
    'the run has a length',
    'sim_seconds: 0',
    'a.yaml:1:14: sim_seconds must be above 0, got 0. Write for example sim_seconds: 600.',
  ],
  [
    'warm-up ends before the run',
    'warmup_seconds: 600',
    'a.yaml:1:17: warmup_seconds must be below sim_seconds, got 600 and the default 600. Write sim_seconds above 600, or lower warmup_seconds.',
  ],
  [
    'warm-up ends before a short run',
    'sim_seconds: 30',
    'a.yaml:1:14: warmup_seconds must be below sim_seconds, got 60 and 30. Lower warmup_seconds or raise sim_seconds: nothing is measured before warmup_seconds.',
  ],
  [
    'warm-up points at itself when written',
    'sim_seconds: 30\nwarmup_seconds: 30',
    'a.yaml:2:17: warmup_seconds must be below sim_seconds, got 30 and 30. Lower warmup_seconds or raise sim_seconds: nothing is measured before warmup_seconds.',
  ],
  [
    'warm-up is a number or auto',
    'warmup_seconds: Autp',
    'a.yaml:1:17: warmup_seconds must be a number or auto, got "Autp". Did you mean warmup_seconds: auto?',
  ],
  [
    'warm-up is no other word',
    'warmup_seconds: enough',
    'a.yaml:1:17: warmup_seconds must be a number or auto, got "enough". Write for example warmup_seconds: 60.',
  ],
  [
    'warm-up in words is a number',
    'warmup_seconds: 1m',
    'a.yaml:1:17: warmup_seconds must be a number or auto, got "1m". Write the number in seconds: warmup_seconds: 60.',
  ],
  [
    'warm-up is not negative',
    'warmup_seconds: -1',
    'a.yaml:1:17: warmup_seconds must be at least 0, got -1. Write for example warmup_seconds: 60.',
  ],
  [
    'warm-up is not endless',
    'warmup_seconds: .inf',
    'a.yaml:1:17: warmup_seconds must be a number or auto, got Infinity. Write for example warmup_seconds: 60.',
  ],
  [
    'warm-up is not empty',
    'warmup_seconds:',
    'a.yaml:1:1: warmup_seconds is empty. Give it a value, or remove the line.',
  ],
  [
    'p90 is above p50',
    'prompt_tokens: {mode: p50_p90, p50: 128, p90: 128}',
    'a.yaml:1:47: prompt_tokens: p90 must be above p50, got p50 128 and p90 128. Raise p90, or swap the two; for a constant length write mode: real_mean_std with std: 0.',
  ],
  [
    'a mode names its keys',
    'prompt_tokens: {mode: real_mean_std, mean: 1024}',
    'a.yaml:1:1: prompt_tokens.std is missing. Add std: 512.',
  ],
  [
    'a spread is not negative',
    'prompt_tokens: {mode: real_mean_std, mean: 1, std: -1}',
    'a.yaml:1:52: prompt_tokens.std must be at least 0, got -1. Write for example std: 512.',
  ],
  [
    'a length in log space is small',
    'prompt_tokens: {mean: 1024}',
    'a.yaml:1:23: prompt_tokens: mean 1024 with sigma 1 in log space is more than 100000000 tokens on average. A mapping without mode is in log space: for a length in tokens write mode: real_mean_std with mean and std, or mode: p50_p90.',
  ],
  [
    'percentiles are not worlds apart',
    'prompt_tokens: {mode: p50_p90, p50: 1, p90: 1e8}',
    'a.yaml:1:45: prompt_tokens: p50 1 and p90 100000000 make more than 100000000 tokens on average. Bring the two closer together.',
  ],
  [
    'nor are std and mean',
    'prompt_tokens: {mode: real_mean_std, mean: 6, std: 6001}',
    'a.yaml:1:52: prompt_tokens: std must be at most 1000 times mean, got mean 6 and std 6001. Both are in tokens; for the logarithm write mode: log with mean and sigma.',
  ],
  [
    'a rate has an end',
    'arrival: {rate_per_s: 1e300}',
    'a.yaml:1:23: arrival.rate_per_s must be at most 1000000000000000, got 1e+300. Write for example rate_per_s: 2.',
  ],
  [
    'a key belongs to its mode',
    'prompt_tokens: {p50: 128}',
    'a.yaml:1:17: unknown key "p50" in prompt_tokens. p50 goes with mode: p50_p90.',
  ],
  [
    'a mode has a name',
    'prompt_tokens: {mode: p50_p99}',
    'a.yaml:1:23: prompt_tokens.mode must be one of log, real_mean_std, p50_p90, uniform, got "p50_p99". Did you mean mode: p50_p90?',
  ],
  [
    'the ends of a uniform law are in order',
    'prompt_tokens: {mode: uniform, min: 5, max: 3}',
    'a.yaml:1:45: prompt_tokens: max must be at least min, got min 5 and max 3. Raise max, or swap the two.',
  ],
  [
    'a uniform law has two ends',
    'output_tokens: {mode: uniform, min: 5}',
    'a.yaml:1:1: output_tokens.max is missing. Add max: 1024.',
  ],
  [
    'and its lengths are whole',
    'output_tokens: {mode: uniform, min: 5.5, max: 9}',
    'a.yaml:1:37: output_tokens.min must be a whole number, got 5.5. Write for example min: 6.',
  ],
  [
    'clients that wait have a number',
    'arrival: {process: closed_loop, max_requests: 9}',
    'a.yaml:1:1: arrival.concurrency is missing. Add concurrency: 64.',
  ],
  [
    'there is a client',
    'arrival: {process: closed_loop, concurrency: 0, max_requests: 9}',
    'a.yaml:1:46: arrival.concurrency must be at least 1, got 0. Write for example concurrency: 64.',
  ],
  [
    'clients stop asking',
    'arrival: {process: closed_loop, concurrency: 9}',
    'a.yaml:1:1: arrival.max_requests is missing. Add max_requests: 640.',
  ],
  [
    'clients that wait have no rate',
    'arrival: {process: closed_loop, concurrency: 9, max_requests: 9, rate_per_s: 2}',
    'a.yaml:1:66: unknown key "rate_per_s" in arrival. rate_per_s goes with process: poisson.',
  ],
  [
    'concurrency belongs to clients that wait',
    'arrival: {rate_per_s: 2, concurrency: 9}',
    'a.yaml:1:26: unknown key "concurrency" in arrival. concurrency goes with process: closed_loop.',
  ],
  [
    'a process has a name',
    'arrival: {process: poison}',
    'a.yaml:1:20: arrival.process must be one of poisson, gamma, constant, closed_loop, got "poison". Did you mean process: poisson?',
  ],
  [
    'burstiness is for gamma',
    'arrival: {burstiness: 0.5}',
    'a.yaml:1:23: arrival: burstiness shapes gamma gaps only, and process is poisson. Write process: gamma beside it, or remove burstiness.',
  ],
  [
    'an option has a name',
    'mode: Mono',
    'a.yaml:1:7: mode must be one of mono, disagg, got "Mono". Did you mean mode: mono?',
  ],
  [
    'an option is text',
    'mode: [mono]',
    'a.yaml:1:7: mode must be one of mono, disagg, got a list. Write mode: mono.',
  ],
  ['a key is known', 'seed: 1', 'a.yaml:1:1: unknown key "seed". Did you mean random_seed?'],
  [
    'a key is known where it stands',
    'prefill_gpus: 2',
    'a.yaml:1:1: unknown key "prefill_gpus". It belongs at cluster_disagg.prefill_gpus.',
  ],
  [
    'a swapped pair is a near miss',
    'cluster_mono: {num_gpsu: 3}',
    'a.yaml:1:16: unknown key "num_gpsu" in cluster_mono. Did you mean num_gpus?',
  ],
  [
    'a key belongs to its model',
    'cluster_mono: {model: steps, num_gpus: 3}',
    'a.yaml:1:30: unknown key "num_gpus" in cluster_mono. num_gpus goes with model: token_rate.',
  ],
  [
    'a mapping is a mapping',
    'arrival: 2',
    'a.yaml:1:10: arrival must be a mapping of keys, got 2. Write its keys below it: rate_per_s, process, burstiness, max_requests.',
  ],
  [
    'a mapping is not empty',
    'mode: mono\nslo:',
    'a.yaml:2:1: slo is empty. Give it a value, or remove the line.',
  ],
  [
    'a number is not quoted',
    'random_seed: "42"',
    'a.yaml:1:14: random_seed must be a number, got "42". Write the number alone: random_seed: 42.',
  ],
  [
    'seconds are plain',
    'sim_seconds: 10m',
    'a.yaml:1:14: sim_seconds must be a number, got "10m". Write the number in seconds: sim_seconds: 600.',
  ],
  [
    'rates are plain',
    'arrival: {rate_per_s: 2/s}',
    'a.yaml:1:23: arrival.rate_per_s must be a number, got "2/s". Write the number in requests per second: rate_per_s: 2.',
  ],
  [
    'tokens are plain',
    'cluster_mono: {prefill_tokens_per_s: 8k}',
    'a.yaml:1:38: cluster_mono.prefill_tokens_per_s must be a number, got "8k". Write the number in tokens per second: prefill_tokens_per_s: 8000.',
  ],
  [
    'an SLO is above 0',
    'slo: {ttft_s: 0}',
    'a.yaml:1:15: slo.ttft_s must be above 0, got 0. Write for example ttft_s: 0.5.',
  ],
  [
    'a link has a bandwidth',
    'cluster_disagg: {link: {kv_bytes_per_token: 8}}',
    'a.yaml:1:18: cluster_disagg.link.bandwidth_bytes_per_s is missing. Add bandwidth_bytes_per_s: 25000000000.',
  ],
  [
    'a latency is not negative',
    'cluster_disagg: {link: {latency_s: -1, bandwidth_bytes_per_s: 1, kv_bytes_per_token: 8}}',
    'a.yaml:1:36: cluster_disagg.link.latency_s must be at least 0, got -1. Write for example latency_s: 0.',
  ],
  [
    'a trace has a path',
    'trace: {limit: 3}',
    'a.yaml:1:1: trace.path is missing. Add path: traces/azure-llm-2023-conv.csv.',
  ],
  [
    'a path is text',
    'trace: {path: 3}',
    'a.yaml:1:15: trace.path must be text, got 3. Write for example path: traces/azure-llm-2023-conv.csv.',
  ],
  [
    'a path is not empty',
    "trace: {path: ''}",
    'a.yaml:1:15: trace.path is empty. Write for example path: traces/azure-llm-2023-conv.csv.',
  ],
  [
    'a format has a name',
    'trace: {path: a, format: azur}',
    'a.yaml:1:26: trace.format must be one of azure, mooncake, burstgpt, vllm, sharegpt, csv, jsonl, got "azur". Did you mean format: azure?',
  ],
  [
    'a jitter is a switch or a number',
    'trace: {path: a, jitter: some}',
    'a.yaml:1:26: trace.jitter must be true or false or a number, got "some". Write for example jitter: true.',
  ],
  [
    'a jitter is not negative',
    'trace: {path: a, jitter: -1}',
    'a.yaml:1:26: trace.jitter must be at least 0, got -1. Write for example jitter: true.',
  ],
  [
    'a time scale is above 0',
    'trace: {path: a, time_scale: 0}',
    'a.yaml:1:30: trace.time_scale must be above 0, got 0. Write for example time_scale: 0.5.',
  ],
  [
    'a switch is true or false',
    'cluster_mono: {model: steps, replica: {enable_chunked_prefill: yes}}',
    'a.yaml:1:64: cluster_mono.replica.enable_chunked_prefill must be true or false, got "yes". Write true or false.',
  ],
  [
    'the unused cluster is checked too',
    'mode: mono\ncluster_disagg: {decode_gpus: 0}',
    'a.yaml:2:31: cluster_disagg.decode_gpus must be at least 1, got 0. Write for example decode_gpus: 2.',
  ],
];

describe('a scenario that breaks one rule', () => {
  it.each(broken)('%s', (_rule, text, line) => {
    expect(linesOf(text)).toEqual([line]);
  });
});

describe('a scenario that breaks several rules', () => {
  it('gets all of them at once, in the order of the file', () => {
    const text =
      'mode: duo\nsim_seconds: 1h\narival: {}\nprompt_tokens: {mode: p50_p90, p50: 9, p90: 3}\ncluster_mono: {num_gpus: 1.5}\nslo: {ttft: 1}\n';
    expect(linesOf(text).map((line) => line.split(' ')[0])).toEqual([
      'a.yaml:1:7:',
      'a.yaml:2:14:',
      'a.yaml:3:1:',
      'a.yaml:4:45:',
      'a.yaml:5:26:',
      'a.yaml:6:7:',
    ]);
  });
});

describe('what no rule forbids', () => {
  it('both clusters in one file, and a constant length', () => {
    const config = configOf(
      'cluster_mono: {num_gpus: 1}\ncluster_disagg: {decode_gpus: 1}\nprompt_tokens: {mode: real_mean_std, mean: 9, std: 0}',
    );
    expect(config.cluster_mono).toMatchObject({ num_gpus: 1 });
    expect(config.cluster_disagg).toMatchObject({ prefill_gpus: 2, decode_gpus: 1 });
  });

  it('a long warm-up before a trace, whose length only its file knows', () => {
    const config = configOf('warmup_seconds: 900\ntrace: {path: a.csv}');
    expect(config.sim_seconds).toBeUndefined();
  });

  it('a warm-up that is chosen later, for a run of any length', () => {
    for (const length of ['', 'sim_seconds: 5', 'arrival: {max_requests: 9}', 'trace: {path: a.csv}']) {
      const config = configOf(`warmup_seconds: auto\n${length}`);
      expect(config.warmup_seconds).toBe('auto');
      expect(hasAutoWarmUp(config)).toBe(true);
    }
    expect(hasAutoWarmUp(configOf('warmup_seconds: 5'))).toBe(false);
  });

  it('a number of requests instead of a length', () => {
    expect(configOf('arrival: {max_requests: 10}').sim_seconds).toBeUndefined();
    expect(configOf('arrival: {max_requests: 10}\nsim_seconds: 90').sim_seconds).toBe(90);
  });
});
