/**
 * From files of measurements to step times and what is said about them. Knows no format's inside.
 */
import { calibrateInRounds, fitStepTime, type StepTimeFit, type TimedRequest } from '@llmsim/analysis';
import { ExitCode, UserError } from '../exit-codes.ts';
import { openSink } from '../files/sink.ts';
import { readWatchedText } from '../files/watched-bytes.ts';
import { megabytes } from '../terminal/amount-progress.ts';
import { tell } from '../terminal/tell.ts';
import { watchedWork } from '../terminal/watched-work.ts';
import { readCsvRows } from './csv-rows.ts';
import { type Calibration, formatOf, textReport } from './formats.ts';
import { Complaints, type Measured } from './measured.ts';
import { readVllmResult } from './vllm-result.ts';

/** Coefficients of a step time: so many requests or steps and one more are needed. */
const COEFFICIENTS = 5;

/**
 * Fits step times to all files together and writes them.
 *
 * @param quiet - whether nobody watches
 * @throws UserError with every problem of every file; Interrupted after Ctrl-C.
 */
export async function calibrateFrom(
  files: readonly string[],
  outputs: readonly string[],
  quiet: boolean,
): Promise<void> {
  const formats = outputs.map((path) => ({ path: toStdout(path) ? '-' : path, render: formatOf(path) }));
  if (formats.filter(({ path }) => path === '-').length > 1) {
    throw new UserError('Only one output can go to standard output');
  }
  if (!formats.some(({ path }) => path === '-')) formats.push({ path: '-', render: textReport });
  // Before what takes long: who cannot write there learns it at once.
  const sinks = formats.map(({ path, render }) => ({ sink: openSink(path), render }));
  const measured = await readAll(files, quiet);
  const calibration: Calibration = { from: files, ...(await fitted(measured, quiet)) };
  for (const { sink, render } of sinks) {
    sink.write(render(calibration));
    sink.commit();
  }
}

function toStdout(path: string): boolean {
  return /^-(\.\w+)*$/.test(path);
}

async function readAll(files: readonly string[], quiet: boolean): Promise<Measured[]> {
  const all: Measured[] = [];
  const problems: string[] = [];
  for (const path of files) {
    const file = path === '-' ? '<stdin>' : path;
    const text = await readWatchedText({ path, file, exit_code: ExitCode.usage, quiet });
    for (const { place, read } of partsOf(text, { file, quiet })) {
      const complaints = new Complaints(`${file}${place}`);
      const measured = await read(complaints);
      problems.push(...complaints.lines);
      if (measured === null) continue;
      all.push(measured);
      if (measured.kind === 'requests' && measured.left_out > 0) warn(`${file}${place}`, measured.left_out);
    }
  }
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  return all;
}

/** What was measured together, and where it stands: a run each. */
interface Part {
  readonly place: string;
  readonly read: (complaints: Complaints) => Measured | null | Promise<Measured | null>;
}

/** `vllm bench serve --append-result` adds a line for each run. */
function partsOf(text: string, { file, quiet }: { readonly file: string; readonly quiet: boolean }): Part[] {
  if (!/^\s*[[{]/.test(text)) {
    const watched = { subject: file, verb: 'read', total: text.length, inWords: megabytes, quiet };
    return [
      {
        place: '',
        read: (complaints) => watchedWork(watched, (watch) => readCsvRows(text, complaints, watch)),
      },
    ];
  }
  const lines = text.split('\n').map((line) => line.trim());
  const results = lines.filter((line) => line !== '');
  if (results.length < 2 || !results.every((line) => /^\{.*\}$/.test(line))) {
    return [{ place: '', read: (complaints) => readVllmResult(text, complaints) }];
  }
  return lines.flatMap((line, index) =>
    line === '' ? [] : [{ place: `:${index + 1}`, read: (complaints) => readVllmResult(line, complaints) }],
  );
}

function warn(file: string, left_out: number): void {
  const requests = left_out === 1 ? '1 request of the run is' : `${left_out} requests of the run are`;
  tell(`warning: ${file}: ${requests} not in it; how much load that was is not seen`);
}

async function fitted(
  measured: readonly Measured[],
  quiet: boolean,
): Promise<{ of: Measured['kind']; fit: StepTimeFit }> {
  const runs = measured.flatMap((each) => (each.kind === 'requests' ? [each.requests] : []));
  const steps = measured.flatMap((each) => (each.kind === 'steps' ? each.steps : []));
  if (runs.length > 0 && steps.length > 0) {
    throw new UserError('Some files hold requests and others steps; fit the ones or the others');
  }
  const of = runs.length > 0 ? 'requests' : 'steps';
  const usable =
    of === 'steps' ? steps.length : runs.flat().filter(({ output_tokens }) => output_tokens > 1).length;
  if (usable <= COEFFICIENTS) {
    const what = of === 'steps' ? 'steps' : 'requests with two output tokens or more';
    throw new UserError(
      `Too few ${what}: ${usable}, where ${COEFFICIENTS} coefficients need at least ${COEFFICIENTS + 1}`,
    );
  }
  const fit = of === 'steps' ? fitStepTime(steps) : await fittedTo(runs, quiet);
  if (!(fit.step_time.base_s > 0)) {
    throw new UserError(
      'These measurements leave nothing for base_s, what every step takes: add requests at low load (--from is repeatable)',
    );
  }
  return { of, fit };
}

function fittedTo(runs: ReadonlyArray<readonly TimedRequest[]>, quiet: boolean): Promise<StepTimeFit> {
  const inWords = (rounds: number): string => `${Number(rounds.toPrecision(2))} rounds`;
  const watched = { subject: 'the fit', verb: 'done', total: null, inWords, quiet };
  return watchedWork(watched, async ({ update, pause }) => {
    const rounds = calibrateInRounds(runs);
    for (;;) {
      const { done, value } = rounds.next();
      if (done) return value;
      update(value);
      await pause();
    }
  });
}
