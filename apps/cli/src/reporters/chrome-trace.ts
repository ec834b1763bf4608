/**
 * `.trace.json`: the run in the Trace Event Format, which ui.perfetto.dev and chrome://tracing open.
 * One process per pool, one thread per GPU, a slice per prefill and decode, counters for waiting and busy. A replica
 * that serves several requests at once has a thread for each.
 * Virtual seconds become the format's microseconds.
 */
import type { PoolState, RequestEvent, Simulation } from '@llmsim/engine';
import type { Sink } from '../files/sink.ts';
import type { Reporter } from './reporter.ts';
import { ServiceSlices, type Slice } from './service-slices.ts';
import { Tracks } from './tracks.ts';

const MICROSECONDS = 1e6;
/** Threads of a pool are numbered by GPU on the first line of each, then by GPU on the second … */
const MOST_GPUS = 2 ** 16;

export const chromeTrace = (): Reporter => {
  const slices = new ServiceSlices();
  const tracks = new Tracks();
  const tidOf = (gpu: number, line: number): number => 1 + gpu + line * MOST_GPUS;
  let separator = '';
  const write = (out: Sink, event: object): void => {
    out.write(`${separator}\n${JSON.stringify(event)}`);
    separator = ',';
  };
  const pids: string[] = [];
  const pidOf = (pool: string): number => {
    const index = pids.indexOf(pool);
    return 1 + (index >= 0 ? index : pids.push(pool) - 1);
  };
  const slice = (out: Sink, { name, pool, gpu, from_s, to_s, id, args }: Slice): void =>
    write(out, {
      name,
      cat: 'request',
      ph: 'X',
      ts: from_s * MICROSECONDS,
      dur: (to_s - from_s) * MICROSECONDS,
      pid: pidOf(pool),
      tid: tidOf(gpu, tracks.place(pool, gpu, from_s, to_s)),
      args: { id, ...args },
    });

  return {
    watch({ events }: Simulation, out) {
      out.write('{"displayTimeUnit":"ms","traceEvents":[');
      const finish = (done: Slice | null): void => {
        if (done !== null) slice(out, done);
      };
      events.serviceStarts.subscribe((event: RequestEvent) => slices.start(event));
      events.prefillEnds.subscribe((event: RequestEvent) => finish(slices.endPrefill(event)));
      events.completions.subscribe((event: RequestEvent) => finish(slices.endDecode(event)));
      events.poolStates.subscribe(({ time_s, pool, busy, waiting }: PoolState) => {
        const counter = { ph: 'C', ts: time_s * MICROSECONDS, pid: pidOf(pool), tid: 0 };
        write(out, { ...counter, name: 'waiting', args: { requests: waiting } });
        write(out, { ...counter, name: 'busy', args: { gpus: busy } });
      });
    },
    report({ result: { report }, config_hash, version }, out) {
      for (const cut of slices.unfinished(report.end_s, report.mode === 'mono')) slice(out, cut);
      for (const { name, gpus, batching } of report.pools) {
        const pid = pidOf(name);
        const named = { ph: 'M', ts: 0, pid };
        write(out, { ...named, tid: 0, name: 'process_name', args: { name: `${name} pool` } });
        write(out, { ...named, tid: 0, name: 'process_sort_index', args: { sort_index: pid } });
        const kind = batching === null ? 'GPU' : 'replica';
        for (let gpu = 0; gpu < (batching?.replicas ?? gpus); gpu++) {
          for (let line = 0; line < Math.max(tracks.count(name, gpu), 1); line++) {
            const tid = tidOf(gpu, line);
            const label = line === 0 ? `${kind} ${gpu}` : `${kind} ${gpu}, line ${line + 1}`;
            write(out, { ...named, tid, name: 'thread_name', args: { name: label } });
            write(out, {
              ...named,
              tid,
              name: 'thread_sort_index',
              args: { sort_index: gpu * MOST_GPUS + line },
            });
          }
        }
      }
      out.write(`\n],"otherData":${JSON.stringify({ llmsim: version, config_hash, seed: report.seed })}}\n`);
    },
  };
};
