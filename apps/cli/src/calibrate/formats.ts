/**
 * Fitted step times for people, for a configuration file, and as JSON. Knows no measurements.
 */
import {
  type FitError,
  formatCount,
  formatPercent,
  formatSeconds,
  type StepTimeFit,
  type TableSpec,
} from '@llmsim/analysis';
import { UserError } from '../exit-codes.ts';
import { painter } from '../terminal/colour.ts';
import { renderTable } from '../terminal/render-table.ts';
import { version } from '../version.ts';

/** A fit with what it was made of. */
export interface Calibration {
  readonly from: readonly string[];
  readonly of: 'requests' | 'steps';
  readonly fit: StepTimeFit;
}

type Render = (calibration: Calibration) => string;

const FORMATS: ReadonlyMap<string, Render> = new Map([
  ['.yaml', yaml],
  ['.yml', yaml],
  ['.json', json],
]);

/** @throws UserError for an extension that is not known. */
export function formatOf(path: string): Render {
  for (const [extension, render] of FORMATS) if (path.toLowerCase().endsWith(extension)) return render;
  throw new UserError(
    `Cannot tell the format of -o ${path}; the extension must be one of ${[...FORMATS.keys()].join(' ')}`,
  );
}

/** Tables, then the YAML. */
export function textReport(calibration: Calibration): string {
  const paint = painter(process.stdout);
  const { fit } = calibration;
  return [
    paint('dim', headline(calibration)),
    '',
    renderTable(coefficients(fit), paint),
    '',
    renderTable(errors(calibration), paint),
    '',
    ...(fit.unidentified.length === 0
      ? []
      : [paint('yellow', 'Not told by these measurements'), ...notTold(fit), '']),
    mapping(fit),
  ].join('\n');
}

function yaml(calibration: Calibration): string {
  const { fit } = calibration;
  const { error, leave_one_out } = fit;
  return [
    `# ${headline(calibration)}`,
    `# Mean error ${formatPercent(error.mean)}, by leave-one-out ${formatPercent(leave_one_out.mean)}.`,
    ...(fit.unidentified.length === 0
      ? []
      : ['# Not told by these measurements:', ...notTold(fit).map((line) => `# ${line}`)]),
    mapping(fit),
  ].join('\n');
}

function json({ from, of, fit: { rows, ...fit } }: Calibration): string {
  return `${JSON.stringify({ version, from, of, rows, ...fit }, null, 2)}\n`;
}

function headline({ from, of, fit }: Calibration): string {
  const files = from.map((path) => (path === '-' ? '<stdin>' : path)).join(', ');
  return `Step times fitted by llmsim ${version} to ${formatCount(fit.rows)} ${of} of ${files}`;
}

function notTold({ unidentified }: StepTimeFit): string[] {
  return unidentified.map(({ coefficient, reason }) => `  ${coefficient}: ${reason}`);
}

/** As a replica's `step_time` key; six digits are more than any measurement has. */
function mapping({ step_time }: StepTimeFit): string {
  const lines = Object.entries(step_time).map(
    ([name, value]) => `  ${name}: ${Number(value.toPrecision(6))}`,
  );
  return ['step_time:', ...lines, ''].join('\n');
}

function coefficients({ step_time, standard_error }: StepTimeFit): TableSpec {
  const errorsOf: ReadonlyMap<string, number> = new Map(Object.entries(standard_error));
  return {
    id: 'step_time',
    title: 'Step time',
    columns: [
      { key: 'coefficient', label: 'coefficient', align: 'left', definition: 'Key of step_time.' },
      { key: 'value', label: 'fitted', align: 'right', definition: 'Seconds.' },
      {
        key: 'standard_error',
        label: '± std error',
        align: 'right',
        definition: 'By a jackknife over tenths of the rows.',
      },
    ],
    rows: Object.entries(step_time).map(([name, value]) => {
      const error = errorsOf.get(name) ?? null;
      return [
        { value: name, text: name },
        { value, text: formatSeconds(value) },
        { value: error, text: formatSeconds(error) },
      ];
    }),
    notes: [],
  };
}

function errors({ of, fit }: Calibration): TableSpec {
  const row = (name: string, { mean, p99, max }: FitError) => [
    { value: name, text: name },
    ...[mean, p99, max].map((value) => ({ value, text: formatPercent(value) })),
  ];
  const column = (key: string) =>
    ({ key, label: key, align: 'right', definition: `${key} of |predicted / measured − 1|.` }) as const;
  return {
    id: 'error',
    title: 'Error',
    columns: [
      { key: 'error', label: 'error', align: 'left', definition: 'Of which prediction.' },
      column('mean'),
      column('p99'),
      column('max'),
    ],
    rows: [row('of the fit', fit.error), row('leave-one-out', fit.leave_one_out)],
    notes: [
      of === 'requests'
        ? 'Of the time from the first to the last token of a request.'
        : 'Of the seconds of a step.',
    ],
  };
}
