/**
 * The report for a person at a terminal of 80 columns: the verdict and the SLOs, then the tables, then what to try.
 */
import { answer, type SloLine, type TableSpec } from '@llmsim/analysis';
import { clusterHardware, hasAutoWarmUp } from '@llmsim/config';
import type { PoolReport, Verdict } from '@llmsim/engine';
import { type Paint, painter, type Style } from '../terminal/colour.ts';
import { columnsOf, padEnd } from '../terminal/columns.ts';
import { renderTable, transposed } from '../terminal/render-table.ts';
import { inSigns } from '../terminal/signs.ts';
import { wrap } from '../terminal/wrap.ts';
import { type HardwareText, hardwareTexts } from './hardware-text.ts';
import { type NextStep, nextSteps } from './next-steps.ts';
import type { Reporter, RunRecord } from './reporter.ts';
import { tablesOf } from './tables.ts';

const STATE_STYLE: Readonly<Record<Verdict['state'], Style>> = {
  stable: 'green',
  backlogged: 'yellow',
  overloaded: 'red',
};

export const text: Reporter = {
  report(record, out) {
    const paint = painter(process.stdout);
    const { report } = record.result;
    const { state, served, measured, verdict, slo, binds, warm_up, notes } = answer(report);
    const lines = [
      ...heading(record).map((line) => paint('dim', line)),
      '',
      ...wrap(inSigns(verdict), 78).map(
        (line, index) =>
          `${index === 0 ? paint(served && measured ? STATE_STYLE[state] : 'red', inSigns('●')) : ' '} ${line}`,
      ),
      ...slo.flatMap((line) => sloLines(line, paint)),
      ...(binds === null ? [] : wrap(inSigns(binds), 78).map((line) => `  ${line}`)),
      ...(warm_up === null ? [] : wrap(inSigns(warm_up), 78).map((line) => paint('dim', `  ${line}`))),
      ...notes.flatMap((note) => wrap(inSigns(note), 78).map((line) => `  ${paint('yellow', line)}`)),
      '',
      ...tablesOf(report).flatMap((table) => [renderTable(upright(table), paint), '']),
      paint('bold', 'Try next'),
      ...stepLines(nextSteps(record), paint),
    ];
    out.write(`${lines.join('\n')}\n`);
  },
};

/** What was run, on one line if it fits: `example.yaml · disagg: 2 prefill + 2 decode GPUs · seed 42 · …`. */
function heading({ name, config, result: { report } }: RunRecord): string[] {
  const [from_s, to_s] = report.window_s;
  const count = ({ gpus, batching }: PoolReport): number => batching?.replicas ?? gpus;
  const servers = report.pools.map((pool) =>
    report.pools.length > 1 ? `${count(pool)} ${pool.name}` : count(pool),
  );
  const alone = report.pools.reduce((sum, pool) => sum + count(pool), 0) === 1;
  const kind = `${report.model === 'steps' ? 'replica' : 'GPU'}${alone ? '' : 's'}`;
  const chosen = hasAutoWarmUp(config) ? ' (auto)' : '';
  const window = `measured ${seconds(from_s)}–${seconds(to_s)} s${chosen}`;
  const said = [`${report.mode}: ${servers.join(' + ')} ${kind}`, `seed ${report.seed}`, window].join(' · ');
  const facts = inSigns(said);
  const line = `${name}${inSigns(' · ')}${facts}`;
  const head = columnsOf(line) <= 80 ? [line] : [name, facts];
  return [...head, ...hardwareTexts(clusterHardware(config)).flatMap(hardwareHeading)];
}

function hardwareHeading({ pools, lines: [name = '', ...rest] }: HardwareText): string[] {
  return [`${pools}: ${name}`, ...rest.map((line) => `  ${inSigns(line)}`)];
}

/** Outcomes read better side by side. */
function upright(table: TableSpec): TableSpec {
  return table.id === 'outcomes' ? transposed(table) : table;
}

function seconds(value: number): string {
  if (value < 1) return String(Number(value.toPrecision(2)));
  return String(value >= 100 ? Math.round(value) : Math.round(value * 100) / 100);
}

/** Side by side when all of them fit. */
function stepLines(steps: readonly NextStep[], paint: Paint): string[] {
  const width = Math.max(...steps.map(({ command }) => columnsOf(command)));
  const fits = steps.every(({ why }) => 2 + width + 3 + why.length <= 80);
  return steps.flatMap(({ command, why }) =>
    fits
      ? [`  ${padEnd(command, width)}   ${paint('dim', why)}`]
      : [`  ${command}`, `      ${paint('dim', why)}`],
  );
}

function sloLines({ met, text: sentence }: SloLine, paint: Paint): string[] {
  const sign =
    met === null
      ? paint('dim', inSigns('–'))
      : met
        ? paint('green', inSigns('✓'))
        : paint('red', inSigns('✗'));
  return wrap(inSigns(sentence), 78).map((line, index) => `${index === 0 ? sign : ' '} ${line}`);
}
