/**
 * The facts of a valid scenario for a person, below 80 columns. Knows no computing.
 */
import { formatCount, formatPercent, formatRate } from '@llmsim/analysis';
import type { PoolLoad } from '@llmsim/config';
import type { LengthFacts, ScenarioFacts } from '../scenario/facts.ts';
import type { Paint } from '../terminal/colour.ts';
import { inSigns } from '../terminal/signs.ts';
import { wrap } from '../terminal/wrap.ts';
import { type HardwareText, hardwareTexts } from './hardware-text.ts';

/** Columns of the names. */
const NAMES = 14;

export function factsText(file: string, facts: ScenarioFacts, paint: Paint): string {
  const rows: Array<readonly [string, string]> = [
    ['run', runLength(facts)],
    ['arrivals', arrivals(facts)],
    ...lengths('prompt_tokens', facts.prompt_tokens),
    ...lengths('output_tokens', facts.output_tokens),
    ...facts.pools.map((pool): [string, string] => [`${pool.pool} pool`, poolLine(pool)]),
    ...hardwareTexts(facts.hardware).flatMap(hardwareRows),
    ['slo', slo(facts)],
  ];
  const lines = rows.flatMap(([name, value]) =>
    wrap(inSigns(value), 80 - NAMES - 3).map(
      (line, index) => `  ${paint('dim', (index === 0 ? name : '').padEnd(NAMES))} ${line}`,
    ),
  );
  const saturated = facts.pools.filter(({ load }) => load >= 1);
  const warnings = saturated.map(
    ({ pool }) =>
      `  ${paint('yellow', `The ${pool} pool gets more than it can serve: its queue will grow all along.`)}`,
  );
  return `${paint('green', inSigns('✓'))} ${file} is valid\n${[...lines, ...warnings].join('\n')}\n`;
}

function runLength({ mode, sim_seconds, warmup_seconds, random_seed }: ScenarioFacts): string {
  const length = sim_seconds === null ? 'until the last request is done' : `${sim_seconds} s`;
  const from = warmup_seconds === 'auto' ? 'where MSER-5 starts' : `${warmup_seconds} s`;
  return `${mode}, ${length}, measured from ${from}, seed ${random_seed}`;
}

function arrivals({ arrivals: source, arrival_rate_per_s, expected_requests }: ScenarioFacts): string {
  const exact = source.includes('.') || arrival_rate_per_s === null;
  const about = exact ? '' : 'about ';
  const rate = arrival_rate_per_s === null ? '' : `, ${formatRate(arrival_rate_per_s, 'req/s')}`;
  return `${source}${rate}: ${about}${formatCount(Math.round(expected_requests))} requests`;
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

function poolLine({ server, servers, gpus, capacity_rps, load }: PoolLoad): string {
  const counted = server === 'GPU' ? `${servers} GPUs` : `${servers} replica${servers === 1 ? '' : 's'}`;
  const on = server === 'GPU' || gpus === servers ? '' : ` on ${gpus} GPUs`;
  const serve = server === 'GPU' ? 'serve up to' : servers === 1 ? 'serves about' : 'serve about';
  return `${counted}${on} ${serve} ${formatRate(capacity_rps, 'req/s')}; offered load is ${formatPercent(load)}`;
}

function hardwareRows({ pools, lines }: HardwareText): Array<readonly [string, string]> {
  return [`${pools} on ${lines[0]}`, ...lines.slice(1)].map((line, index) => [
    index === 0 ? 'hardware' : '',
    line,
  ]);
}

function slo({ slo: targets }: ScenarioFacts): string {
  const lines = Object.entries(targets ?? {}).map(([name, seconds]) => `${name} ≤ ${seconds}`);
  return lines.length === 0 ? 'none' : lines.join(', ');
}

/** Four digits are what a length or its logarithm needs. */
function digits(value: number): string {
  return value >= 1000 ? formatCount(Math.round(value)) : String(Number(value.toPrecision(4)));
}
