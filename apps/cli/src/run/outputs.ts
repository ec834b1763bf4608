/**
 * The outputs of one run: which reporter writes to which sink. Opens everything before the run, so that what cannot
 * be written is known before time is spent. Knows no format's inside.
 */
import type { Simulation } from '@llmsim/engine';
import { UserError } from '../exit-codes.ts';
import { openSink, type Sink } from '../files/sink.ts';
import type { Reporter, RunRecord } from '../reporters/reporter.ts';
import type { RunOptions } from './run-options.ts';

interface Output {
  readonly path: string;
  readonly load: () => Promise<Reporter>;
}

/** Reporters by extension; the longest that fits decides. */
const FORMATS: ReadonlyMap<string, () => Promise<Reporter>> = new Map([
  ['.trace.json', async () => (await import('../reporters/chrome-trace.ts')).chromeTrace()],
  ['.vllm.json', async () => (await import('../reporters/vllm-json.ts')).vllmJson],
  ['.json', async () => (await import('../reporters/result-json.ts')).resultJson],
  ['.csv', async () => (await import('../reporters/summary-csv.ts')).summaryCsv],
  ['.md', async () => (await import('../reporters/markdown.ts')).markdown],
  ['.html', async () => (await import('../reporters/drawn.ts')).html],
  ['.svg', async () => (await import('../reporters/drawn.ts')).svg],
  ['.parquet', async () => (await import('../reporters/parquet.ts')).summaryParquet],
  ['.ndjson', async () => (await import('../reporters/ndjson.ts')).ndjson],
]);

export class Outputs {
  readonly #open: ReadonlyArray<{ readonly reporter: Reporter; readonly sink: Sink }>;

  private constructor(open: ReadonlyArray<{ reporter: Reporter; sink: Sink }>) {
    this.#open = open;
  }

  /**
   * Opens what the options name; the report for people goes to standard output when nothing else does.
   *
   * @throws UserError when a format is not known or a file cannot be written.
   */
  static async open(options: RunOptions): Promise<Outputs> {
    const wanted = wantedOutputs(options);
    const toStdout = wanted.filter(({ path }) => path === '-');
    if (toStdout.length > 1) throw new UserError('Only one output can go to standard output');
    const open = [];
    if (toStdout.length === 0 && !options.quiet) {
      wanted.push({ path: '-', load: async () => (await import('../reporters/text.ts')).text });
    }
    for (const { path, load } of wanted) open.push({ reporter: await load(), sink: openSink(path) });
    return new Outputs(open);
  }

  get needs_requests(): boolean {
    return this.#open.some(({ reporter }) => reporter.needs_requests === true);
  }

  watch(run: Simulation): void {
    for (const { reporter, sink } of this.#open) reporter.watch?.(run, sink);
  }

  write(record: RunRecord): void {
    for (const { reporter, sink } of this.#open) {
      reporter.report(record, sink);
      sink.commit();
    }
  }
}

function wantedOutputs({ json, output = [], requests, dumpTtft }: RunOptions): Output[] {
  const wanted = output.map((path): Output => {
    // `-.csv` is CSV on standard output.
    const toStdout = /^-(\.\w+)*$/.test(path);
    return { path: toStdout ? '-' : path, load: formatOf(path === '-' ? '-.json' : path) };
  });
  if (json) wanted.push({ path: '-', load: formatOf('-.json') });
  if (requests !== undefined) {
    wanted.push({
      path: requests,
      load: async () =>
        requests.toLowerCase().endsWith('.parquet')
          ? (await import('../reporters/parquet.ts')).requestsParquet
          : (await import('../reporters/requests-csv.ts')).requestsCsv,
    });
  }
  if (dumpTtft !== undefined) {
    wanted.push({ path: dumpTtft, load: async () => (await import('../reporters/ttft-json.ts')).ttftJson });
  }
  return wanted;
}

function formatOf(path: string): () => Promise<Reporter> {
  for (const [extension, load] of FORMATS) if (path.toLowerCase().endsWith(extension)) return load;
  throw new UserError(
    `Cannot tell the format of -o ${path}; the extension must be one of ${[...FORMATS.keys()].join(' ')}`,
  );
}
