/**
 * A run in the Trace Event Format, which ui.perfetto.dev and chrome://tracing open.
 * One process per pool, one thread per GPU, a slice per prefill and decode, counters for waiting and busy. A replica
 * that serves several requests at once has a thread for each.
 * Virtual seconds become the format's microseconds. Knows no files.
 */
import type { PoolReport, PoolState, RequestEvent, Simulation, SimulationReport } from '@llmsim/engine';
import { ServiceSlices, type Slice } from './service-slices.ts';
import { Tracks } from './tracks.ts';

const MICROSECONDS = 1e6;
/** Threads of a pool are numbered by GPU on the first line of each, then by GPU on the second … */
const MOST_GPUS = 2 ** 16;

/**
 * Writes a run down while it goes on.
 *
 * @example
 * const parts: string[] = [];
 * const trace = new ChromeTrace((text) => parts.push(text));
 * const run = new Simulation(plan);
 * trace.watch(run);
 * trace.finish(run.run().report, { made_by: 'me' });
 * JSON.parse(parts.join('')).traceEvents;
 */
export class ChromeTrace {
  readonly #write: (text: string) => void;
  readonly #slices = new ServiceSlices();
  readonly #tracks = new Tracks();
  readonly #pools: string[] = [];
  #separator = '';

  /** `write` takes the text of the file, part by part. */
  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Subscribes to a run that is about to start. */
  watch({ events }: Simulation): void {
    this.#write('{"displayTimeUnit":"ms","traceEvents":[');
    const finish = (done: Slice | null): void => {
      if (done !== null) this.#slice(done);
    };
    events.serviceStarts.subscribe((event: RequestEvent) => this.#slices.start(event));
    events.prefillEnds.subscribe((event: RequestEvent) => finish(this.#slices.endPrefill(event)));
    events.completions.subscribe((event: RequestEvent) => finish(this.#slices.endDecode(event)));
    events.poolStates.subscribe(({ time_s, pool, busy, waiting }: PoolState) => {
      const counter = { ph: 'C', ts: time_s * MICROSECONDS, pid: this.#pid(pool), tid: 0 };
      this.#event({ ...counter, name: 'waiting', args: { requests: waiting } });
      this.#event({ ...counter, name: 'busy', args: { gpus: busy } });
    });
  }

  /** Writes what is known once the run is done; `made_from` says where the file comes from. */
  finish(report: SimulationReport, made_from: Readonly<Record<string, string | number>>): void {
    for (const cut of this.#slices.unfinished(report.end_s, report.mode === 'mono')) this.#slice(cut);
    for (const pool of report.pools) this.#names(pool);
    this.#write(`\n],"otherData":${JSON.stringify(made_from)}}\n`);
  }

  #slice({ name, pool, gpu, from_s, to_s, id, args }: Slice): void {
    this.#event({
      name,
      cat: 'request',
      ph: 'X',
      ts: from_s * MICROSECONDS,
      dur: (to_s - from_s) * MICROSECONDS,
      pid: this.#pid(pool),
      tid: tidOf(gpu, this.#tracks.place(pool, gpu, from_s, to_s)),
      args: { id, ...args },
    });
  }

  #names({ name, gpus, batching }: PoolReport): void {
    const pid = this.#pid(name);
    const named = { ph: 'M', ts: 0, pid };
    this.#event({ ...named, tid: 0, name: 'process_name', args: { name: `${name} pool` } });
    this.#event({ ...named, tid: 0, name: 'process_sort_index', args: { sort_index: pid } });
    const kind = batching === null ? 'GPU' : 'replica';
    for (let gpu = 0; gpu < (batching?.replicas ?? gpus); gpu++) {
      for (let line = 0; line < Math.max(this.#tracks.count(name, gpu), 1); line++) {
        const tid = tidOf(gpu, line);
        const label = line === 0 ? `${kind} ${gpu}` : `${kind} ${gpu}, line ${line + 1}`;
        this.#event({ ...named, tid, name: 'thread_name', args: { name: label } });
        const sort_index = gpu * MOST_GPUS + line;
        this.#event({ ...named, tid, name: 'thread_sort_index', args: { sort_index } });
      }
    }
  }

  #pid(pool: string): number {
    const index = this.#pools.indexOf(pool);
    return 1 + (index >= 0 ? index : this.#pools.push(pool) - 1);
  }

  #event(event: object): void {
    this.#write(`${this.#separator}\n${JSON.stringify(event)}`);
    this.#separator = ',';
  }
}

function tidOf(gpu: number, line: number): number {
  return 1 + gpu + line * MOST_GPUS;
}
