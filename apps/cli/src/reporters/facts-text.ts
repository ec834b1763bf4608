/**
 * The facts of a valid scenario for a person, below 80 columns. Knows no computing.
 */
import { formatCount, formatPercent, formatRate } from '@llmsim/analysis';
import type { LengthFacts, ScenarioFacts } from '../scenario/facts.ts';
import type { PoolLoad } from '../scenario/pool-loads.ts';
import type { Paint } from '../terminal/colour.ts';

export function factsText(file: string, facts: ScenarioFacts, paint: Paint): string {
  const rows: Array<readonly [string, string]> = [
    ['run', runLength(facts)],
    ['arrivals', arrivals(facts)],
    ...lengths('prompt_tokens', facts.prompt_tokens),
    ...lengths('output_tokens', facts.output_tokens),
    ...facts.pools.map((pool): [string, string] => [`${pool.pool} pool`, poolLine(pool)]),
    ['slo', slo(facts)],
  ];
  const lines = rows.map(([name, value]) => `  ${paint('dim', name.padEnd(14))} ${value}`);
  const saturated = facts.pools.filter(({ load }) => load >= 1);
  const warnings = saturated.map(
    ({ pool }) =>
      `  ${paint('yellow', `The ${pool} pool gets more than it can serve: its queue will grow all along.`)}`,
  );
  return `${paint('green', '✓')} ${file} is valid\n${[...lines, ...warnings].join('\n')}\n`;
}

function runLength({ mode, sim_seconds, warmup_seconds, random_seed }: ScenarioFacts): string {
  const length = sim_seconds === null ? 'until the last request is done' : `${sim_seconds} s`;
  return `${mode}, ${length}, measured from ${warmup_seconds} s, seed ${random_seed}`;
}

function arrivals({ arrivals: source, arrival_rate_per_s, expected_requests }: ScenarioFacts): string {
  const about = source.includes('.') ? '' : 'about ';
  const rate = formatRate(arrival_rate_per_s, 'req/s');
  return `${source}, ${rate}: ${about}${formatCount(Math.round(expected_requests))} requests`;
}

function lengths(name: string, { log, real, percentiles }: LengthFacts): Array<readonly [string, string]> {
  const spread = `mean ${digits(real.mean)}, std ${digits(real.std)}`;
  if (log === null || percentiles === null) return [[name, spread]];
  const { p50, p90 } = percentiles;
  return [
    [name, `${spread}, p50 ${digits(p50)}, p90 ${digits(p90)} tokens, at least ${log.min_value}`],
    ['', `in log space mu ${digits(log.mu)}, sigma ${digits(log.sigma)}`],
  ];
}

function poolLine({ gpus, capacity_rps, load }: PoolLoad): string {
  return `${gpus} GPUs serve up to ${formatRate(capacity_rps, 'req/s')}; offered load is ${formatPercent(load)}`;
}

function slo({ slo: targets }: ScenarioFacts): string {
  const lines = Object.entries(targets ?? {}).map(([name, seconds]) => `${name} ≤ ${seconds}`);
  return lines.length === 0 ? 'none' : lines.join(', ');
}

/** Four digits are what a length or its logarithm needs. */
function digits(value: number): string {
  return value >= 1000 ? formatCount(Math.round(value)) : String(Number(value.toPrecision(4)));
}
