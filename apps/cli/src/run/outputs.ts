/**
 * The outputs of one run: which reporter writes to which sink. Opens everything before the run, so that what cannot
 * be written is known before time is spent. Knows no format's inside.
 */
import type { Simulation } from '@llmsim/engine';
import { openSink, type Sink } from '../files/sink.ts';
import { type Destination, destinationsOf } from '../outputs/destinations.ts';
import type { Reporter, RunRecord } from '../reporters/reporter.ts';
import type { RunOptions } from './run-options.ts';

type LoadReporter = () => Promise<Reporter>;

/** Reporters by extension; the longest that fits decides. */
const FORMATS: ReadonlyMap<string, LoadReporter> = new Map([
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
    const text: LoadReporter = async () => (await import('../reporters/text.ts')).text;
    const open = [];
    for (const { path, format } of destinationsOf(options, FORMATS, text, samples(options))) {
      open.push({ reporter: await format(), sink: openSink(path) });
    }
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

/** What `--requests` and `--dump-ttft` ask for. */
function samples({ requests, dumpTtft }: RunOptions): Array<Destination<LoadReporter>> {
  const wanted: Array<Destination<LoadReporter>> = [];
  if (requests !== undefined) {
    wanted.push({
      path: requests,
      format: async () =>
        requests.toLowerCase().endsWith('.parquet')
          ? (await import('../reporters/parquet.ts')).requestsParquet
          : (await import('../reporters/requests-csv.ts')).requestsCsv,
    });
  }
  if (dumpTtft !== undefined) {
    wanted.push({ path: dumpTtft, format: async () => (await import('../reporters/ttft-json.ts')).ttftJson });
  }
  return wanted;
}
