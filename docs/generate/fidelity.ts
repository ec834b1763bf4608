/** Simulated against measured, from replays of the measurements: the tables of the page about fidelity. */

import type { StepTime } from '@llmsim/engine';
import {
  type BenchmarkRun,
  llama70b,
  qwen32b,
  reservesAnswers,
  withReservedAnswers,
} from '../../apps/cli/test/fidelity/benchmark-runs.ts';
import {
  compare,
  GROUPS,
  HALF,
  type Quantity,
  type Replay,
  replay,
  served,
  stepTimes,
} from '../../apps/cli/test/fidelity/served-run.ts';
import { table } from './table.ts';

const QUANTITIES: ReadonlyArray<readonly [Quantity, string]> = [
  ['ttft_s', 'TTFT'],
  ['queue_s', 'queue'],
  ['first_token_part_s', 'first token'],
  ['tpot_s', 'TPOT'],
  ['e2e_s', 'E2E'],
];

/** Each part of the run under each set of step times. */
export function servedRun(): string {
  const preset = replay(stepTimes.preset());
  const firstHalf = replay(stepTimes.firstHalf());
  const secondHalf = replay(stepTimes.secondHalf());
  const parts: ReadonlyArray<readonly [string, string, Replay, (id: number) => boolean]> = [
    ['preset', 'light', preset, GROUPS.light],
    ['preset', 'overload', preset, GROUPS.overload],
    ['fitted to the second half', 'light', secondHalf, (id) => GROUPS.light(id) && id < HALF],
    ['fitted to the first half', 'overload', firstHalf, (id) => GROUPS.overload(id) && id >= HALF],
  ];
  const rows = parts.flatMap(([from, load, run, chosen]) =>
    QUANTITIES.map(([quantity, name]) => {
      const { measured, simulated, request_errors } = compare(run, quantity, chosen);
      const count = served.filter((_, id) => chosen(id)).length;
      return [
        from,
        `${load} (${count})`,
        name,
        ...[time(measured.mean), time(simulated.mean), off(simulated.mean, measured.mean)],
        ...[time(measured.p99), time(simulated.p99), off(simulated.p99, measured.p99)],
        request_errors.map(percent).join(' / '),
      ];
    }),
  );
  const both = (of: string): string[] => [`${of}, measured`, 'simulated', 'error'];
  return table(
    ['step times', 'load (requests)', 'time', ...both('mean'), ...both('p99'), 'by request: p5 / p50 / p95'],
    rows,
  );
}

/** The part of TTFT after the queue, with the batch of a step fixed as it begins and a step ahead. */
export function servedFirstToken(): string {
  const sets: ReadonlyArray<readonly [string, StepTime, ReadonlyArray<keyof typeof GROUPS>]> = [
    ['preset', stepTimes.preset(), ['light', 'overload']],
    ['fitted to the second half', stepTimes.secondHalf(), ['light']],
    ['fitted to the first half', stepTimes.firstHalf(), ['overload']],
  ];
  const rows = sets.flatMap(([from, step_time, loads]) => {
    const [begins, ahead] = [replay(step_time, false), replay(step_time)];
    return loads.map((load) => {
      const judged = (id: number): boolean =>
        GROUPS[load](id) && (from === 'preset' || (load === 'light' ? id < HALF : id >= HALF));
      const { measured, simulated } = compare(begins, 'first_token_part_s', judged);
      const later = compare(ahead, 'first_token_part_s', judged).simulated;
      return [
        ...[from, load, time(measured.mean)],
        ...[time(simulated.mean), off(simulated.mean, measured.mean)],
        ...[time(later.mean), off(later.mean, measured.mean)],
      ];
    });
  });
  return table(
    ['step times', 'load', 'first token, measured', 'as it begins', 'error', 'a step ahead', 'error'],
    rows,
  );
}

/** The 300 requests per second of the whole run. */
export function servedThroughput(): string {
  const rows = [
    ['preset', stepTimes.preset()] as const,
    ['fitted to the first half', stepTimes.firstHalf()] as const,
    ['fitted to the second half', stepTimes.secondHalf()] as const,
  ].map(([name, step_time]) => {
    const { measured_span_s, simulated_span_s } = replay(step_time);
    const rate = (span_s: number): string => (served.length / span_s).toFixed(2);
    return [name, rate(measured_span_s), rate(simulated_span_s), off(measured_span_s, simulated_span_s)];
  });
  return table(['step times', 'measured, req/s', 'simulated, req/s', 'error'], rows);
}

const runs = once(llama70b);

/** TPOT of all rows, by where the step times come from. */
export function llama70bTpot(): string {
  return tpotTable(runs().filter(fits));
}

export function qwen32bTpot(): string {
  return tpotTable(qwen32b());
}

function tpotTable(all: readonly BenchmarkRun[]): string {
  const groups = grouped(all, ({ row, origin }) =>
    [row.gpu, row.engine, row.precision, `TP${row.tensor_parallel_size}`, origin].join('|'),
  );
  const rows = [...groups].map(([name, group]) => {
    const summary = (some: readonly BenchmarkRun[]): string[] => {
      if (some.length === 0) return ['', ''];
      const errors = some.map(({ tpot_s, row }) => tpot_s / row.tpot_s - 1);
      const worst = errors.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
      return [percent(mean(errors.map(Math.abs))).replace('+', ''), percent(worst)];
    };
    return [
      ...name.split('|'),
      String(group.length),
      ...summary(group.filter(light)),
      ...summary(group.filter((run) => !light(run))),
    ];
  });
  return table(
    [
      ...['GPU', 'engine', 'weights', 'GPUs', 'step times', 'rows'],
      ...['light: mean error', 'worst', 'heavy: mean error', 'worst'],
    ],
    rows.sort((a, b) => (a[4] ?? '').localeCompare(b[4] ?? '') * -1),
  );
}

/** What the measured TTFT has beyond the simulated one, where step times were measured on the row's engine. */
export function llama70bTtft(): string {
  const groups = grouped(
    runs().filter((run) => run.origin === 'preset' && fits(run)),
    ({ row }) => {
      const waits =
        row.engine === 'trtllm' &&
        row.input_tokens + row.output_tokens === 2048 &&
        row.tensor_parallel_size < 8;
      const name =
        row.engine === 'vllm' ? 'vLLM' : waits ? 'TensorRT-LLM, waits for prompts' : 'TensorRT-LLM';
      return `${name}|${row.input_tokens} / ${row.output_tokens}`;
    },
  );
  const rows = [...groups].map(([name, group]) => {
    const summary = (some: readonly BenchmarkRun[]): string[] => [
      time(mean(some.map(({ row }) => row.ttft_s))),
      time(mean(some.map(({ ttft_s }) => ttft_s))),
      mean(some.map(({ ttft_s, row }) => (row.ttft_s - ttft_s) / row.tpot_s)).toFixed(1),
    ];
    return [
      ...name.split('|'),
      ...summary(group.filter(light)),
      ...summary(group.filter((run) => !light(run))),
    ];
  });
  return table(
    [
      ...['engine', 'prompt / answer'],
      ...['light: measured', 'simulated', 'difference in steps'],
      ...['heavy: measured', 'simulated', 'difference in steps'],
    ],
    rows,
  );
}

/** The rows in which requests waited for KV blocks, by measurement or by simulation. */
export function llama70bQueues(): string {
  const rows = runs()
    .filter((run) => !fits(run))
    .map((run) => {
      const { row } = run;
      const reserved = reservesAnswers(run) ? withReservedAnswers(run) : null;
      return [
        `${row.gpu} ${row.engine} TP${row.tensor_parallel_size}`,
        run.origin,
        `${row.input_tokens} / ${row.output_tokens}`,
        String(row.concurrency),
        time(row.ttft_s),
        `${time(run.ttft_s)}, ${run.preemptions} preempted`,
        reserved === null ? '' : time(reserved.ttft_s),
        milliseconds(row.tpot_s),
        milliseconds(run.tpot_s),
        reserved === null ? '' : milliseconds(reserved.tpot_s),
      ];
    });
  return table(
    [
      ...['server', 'step times', 'prompt / answer', 'clients'],
      ...['TTFT measured', 'simulated', 'with reserved answers'],
      ...['TPOT measured', 'simulated', 'with reserved answers'],
    ],
    rows,
  );
}

/** Every row whose step times were measured on its engine. */
export function llama70bRows(): string {
  const rows = runs()
    .filter(({ origin }) => origin === 'preset')
    .map((run) => {
      const { row } = run;
      return [
        `${row.gpu} ${row.engine} TP${row.tensor_parallel_size}`,
        `${row.input_tokens} / ${row.output_tokens}`,
        String(row.concurrency),
        ...[milliseconds(row.tpot_s), milliseconds(run.tpot_s), off(run.tpot_s, row.tpot_s)],
        ...[time(row.ttft_s), time(run.ttft_s), off(run.ttft_s, row.ttft_s), time(run.queue_s)],
      ];
    });
  return table(
    [
      ...['server', 'prompt / answer', 'clients', 'TPOT measured', 'simulated', 'error'],
      ...['TTFT measured', 'simulated', 'error', 'of it queue'],
    ],
    rows,
  );
}

/** Whether all requests of the run had their KV blocks, in reality and here. */
function fits({ row, max_kv_use }: BenchmarkRun): boolean {
  return row.ttft_s < 5 && max_kv_use < 0.99;
}

function light({ row }: BenchmarkRun): boolean {
  return row.concurrency <= 16;
}

function grouped(
  all: readonly BenchmarkRun[],
  by: (run: BenchmarkRun) => string,
): Map<string, BenchmarkRun[]> {
  const groups = new Map<string, BenchmarkRun[]>();
  for (const run of all) groups.set(by(run), [...(groups.get(by(run)) ?? []), run]);
  return groups;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function time(seconds: number): string {
  if (seconds >= 10) return `${seconds.toFixed(1)} s`;
  return seconds >= 1 ? `${seconds.toFixed(2)} s` : milliseconds(seconds);
}

function milliseconds(seconds: number): string {
  return `${(1000 * seconds).toPrecision(3)} ms`;
}

function off(simulated: number, measured: number): string {
  return percent(simulated / measured - 1);
}

function percent(share: number): string {
  const value = 100 * share;
  const text = Math.abs(value) < 10 ? value.toFixed(1) : value.toFixed(0);
  return `${value >= 0 ? '+' : ''}${text.replace('-', '−')} %`;
}
