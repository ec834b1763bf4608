/**
 * A valid configuration → the plan that the engine runs. Reads no files: a trace comes in as columns.
 */
import {
  type ClosedLoopWorkload,
  constant,
  type Distribution,
  exponential,
  type GeneratedWorkload,
  gamma,
  lognormal,
  type ReplayWorkload,
  type SimulationPlan,
  type Slo,
  tokens,
  uniformTokens,
  type Workload,
} from '@llmsim/engine';
import { architectureOf } from './architecture.ts';
import { logSpaceOf } from './distributions.ts';
import { type Checked, type Finding, unplaced } from './problem.ts';
import { unroutable } from './routable.ts';
import type { OpenArrival } from './schema/arrival.ts';
import type { TokenDistribution } from './schema/distribution.ts';
import type { DrawnWorkload, ScenarioConfig } from './schema/scenario.ts';

export interface CompileOptions {
  /** The requests of `config.trace`, already read. */
  readonly trace?: ReplayWorkload;
  /** Keep one row per request in the result. Default false. */
  readonly keep_requests?: boolean;
}

/**
 * The plan of a configuration. A problem when the configuration asks for what cannot run: a trace that was not
 * given, a warm-up longer than the trace, routing by sessions or prefixes that nobody has. `warmup_seconds: auto` gives
 * the plan of the pilot run, which leaves nothing out: `withChosenWarmUp` of @llmsim/analysis makes it that of the real one.
 *
 * @example
 * const compiled = compile(scenario.config);
 * if (compiled.ok) simulate(compiled.plan);
 * else for (const problem of compiled.problems) console.error(formatProblem(locate(problem, scenario)));
 */
export function compile(
  config: ScenarioConfig,
  options: CompileOptions = {},
): Checked<{ plan: SimulationPlan }> {
  const { trace, keep_requests = false } = options;
  const workload = workloadOf(config, trace);
  if ('message' in workload) return { ok: false, problems: [unplaced(workload)] };
  const unrouted = unroutable(config, workload);
  if (unrouted !== null) return { ok: false, problems: [unplaced(unrouted)] };
  const slo = sloOf(config);
  const plan: SimulationPlan = {
    workload,
    architecture: architectureOf(config),
    seed: config.random_seed,
    warmup_seconds: config.warmup_seconds === 'auto' ? 0 : config.warmup_seconds,
    quantiles: config.quantiles,
    keep_requests,
    ...(config.sim_seconds === undefined ? {} : { sim_seconds: config.sim_seconds }),
    ...(slo === null ? {} : { slo }),
  };
  return { ok: true, plan };
}

function workloadOf(config: ScenarioConfig, trace: ReplayWorkload | undefined): Workload | Finding {
  if (config.trace === undefined) return drawn(config);
  if (trace === undefined) {
    return {
      path: ['trace'],
      message: `the trace ${config.trace.path} was not read`,
      fix: 'Give compile its requests as { trace }.',
    };
  }
  const last = trace.arrival_s[trace.arrival_s.length - 1];
  if (last !== undefined && config.warmup_seconds !== 'auto' && last < config.warmup_seconds) {
    return {
      path: ['warmup_seconds'],
      besides: ['trace'],
      message: `warmup_seconds is ${config.warmup_seconds}, and the last request of the trace arrives at ${last.toFixed(3)} s`,
      fix: 'Lower warmup_seconds, or replay more of the trace: nothing is measured before warmup_seconds.',
    };
  }
  return trace;
}

function drawn({ arrival, ...lengths }: DrawnWorkload): GeneratedWorkload | ClosedLoopWorkload {
  const prompt_tokens = lengthsOf(lengths.prompt_tokens);
  const output_tokens = lengthsOf(lengths.output_tokens);
  if (arrival.process === 'closed_loop') {
    const { concurrency, max_requests } = arrival;
    return { kind: 'closed_loop', concurrency, max_requests, prompt_tokens, output_tokens };
  }
  return {
    kind: 'generated',
    interarrival_s: gapsOf(arrival),
    prompt_tokens,
    output_tokens,
    ...(arrival.max_requests === undefined ? {} : { max_requests: arrival.max_requests }),
  };
}

/** The law of the gaps between arrivals, seconds. */
function gapsOf({ rate_per_s, process, burstiness = 1 }: OpenArrival): Distribution {
  switch (process) {
    case 'poisson':
      return exponential(rate_per_s);
    case 'gamma':
      return gamma({ shape: burstiness, mean: 1 / rate_per_s });
    case 'constant':
      return constant(1 / rate_per_s);
  }
}

/** The law of a length, whole tokens. A lognormal one without spread it is the mean itself, untouched by ln and exp. */
function lengthsOf(distribution: TokenDistribution): Distribution {
  if (distribution.mode === 'uniform') return uniformTokens(distribution.min, distribution.max);
  const steady = distribution.mode === 'real_mean_std' && distribution.std === 0;
  const law = steady ? constant(distribution.mean) : lognormal(logSpaceOf(distribution));
  return tokens(law, distribution.min_value);
}

function sloOf({ slo }: ScenarioConfig): Slo | null {
  if (slo === undefined) return null;
  const { ttft_s, tpot_s } = slo;
  if (ttft_s === undefined && tpot_s === undefined) return null;
  return { ...(ttft_s === undefined ? {} : { ttft_s }), ...(tpot_s === undefined ? {} : { tpot_s }) };
}
