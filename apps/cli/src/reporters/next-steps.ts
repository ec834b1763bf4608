/**
 * Which commands make sense after a run. Knows no layout.
 */
import { answer, REQUIRED_ATTAINMENT } from '@llmsim/analysis';
import type { SimulationReport } from '@llmsim/engine';
import { factsOf } from '../scenario/facts.ts';
import type { RunRecord } from './reporter.ts';

export interface NextStep {
  readonly command: string;
  readonly why: string;
}

export function nextSteps({ command, config, trace, result: { report } }: RunRecord): NextStep[] {
  const steps: NextStep[] = [];
  const turnedAway = report.outcomes.rejected > 0 && report.outcomes.rejected === report.outcomes.arrivals;
  const pool = turnedAway ? null : tightPool(report);
  const more = pool === null ? null : enoughServers(config, trace, pool);
  const servers = report.model === 'steps' ? 'replicas' : 'GPUs';
  if (more !== null) {
    steps.push({ command: line(command, `--set ${more}`), why: `more ${servers} in the ${pool} pool` });
  } else if (turnedAway) {
    // Neither more servers nor another load lets a request in that no server can hold.
  } else if (config.arrival?.process === 'closed_loop') {
    const clients = 2 * config.arrival.concurrency;
    steps.push({ command: line(command, `--set arrival.concurrency=${clients}`), why: 'twice the clients' });
  } else if (config.trace === undefined) {
    const rate = Number((2 * config.arrival.rate_per_s).toPrecision(3));
    steps.push({ command: line(command, `--request-rate ${rate}`), why: 'twice the load' });
  } else {
    const scale = (config.trace.time_scale ?? 1) / 2;
    steps.push({ command: line(command, `--set trace.time_scale=${scale}`), why: 'twice the load' });
  }
  const both = command.filter((words) => !words.startsWith('--set mode='));
  steps.push({ command: as('compare', both), why: 'both modes on the same requests' });
  steps.push(judged(command, config, report));
  return steps;
}

/** What to do about SLOs: name some, find the cluster that meets them, or find how far they hold. */
function judged(
  command: readonly string[],
  config: RunRecord['config'],
  { slo }: SimulationReport,
): NextStep {
  if (slo === null) {
    return {
      command: line(command, '--goodput ttft:500 tpot:50'),
      why: 'judge against SLOs, in milliseconds',
    };
  }
  const met = slo.attainment !== null && slo.attainment >= REQUIRED_ATTAINMENT;
  if (config.arrival?.process === 'closed_loop') {
    return {
      command: line(command, '-o run.trace.json'),
      why: 'every request on its GPU, for ui.perfetto.dev',
    };
  }
  return met
    ? {
        command: `${as('sweep', command)} --preset arrival-rate`,
        why: 'up to which rate the SLOs are met',
      }
    : { command: as('plan', command), why: 'the smallest cluster that meets the SLOs' };
}

/** The same scenario under another command. */
function as(name: string, [, ...words]: readonly string[]): string {
  return [`llmsim ${name}`, ...words].join(' ');
}

/** The pool to enlarge: the one whose queue grew, or the busiest one when an SLO is missed. */
function tightPool(report: SimulationReport): string | null {
  if (report.verdict.pool !== null) return report.verdict.pool;
  if (answer(report).slo.every(({ met }) => met === true)) return null;
  const [busiest] = [...report.pools].sort((a, b) => b.utilization - a.utilization);
  return busiest?.name ?? null;
}

/** The command with one more option, instead of an earlier one for the same thing. */
function line(command: readonly string[], option: string): string {
  const about = (words: string): string =>
    words
      .split(/[ =]/)
      .slice(0, words.startsWith('--set') ? 2 : 1)
      .join(' ');
  return [...command.filter((words) => about(words) !== about(option)), option].join(' ');
}

/** Load at which a pool is worth a try. */
const COMFORTABLE_LOAD = 0.8;

/** The assignment that gives a pool enough GPUs or replicas, null for a pool that nothing is known about. */
function enoughServers(config: RunRecord['config'], trace: RunRecord['trace'], name: string): string | null {
  const pool = factsOf(config, trace).pools.find((candidate) => candidate.pool === name);
  if (pool === undefined) return null;
  const { key, servers, load } = pool;
  return `${key}=${Math.max(servers + 1, Math.ceil((servers * load) / COMFORTABLE_LOAD))}`;
}
