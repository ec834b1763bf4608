/** `.trace.json`: the run in the Trace Event Format. Knows no event. */
import { ChromeTrace } from '@llmsim/analysis';
import type { Sink } from '../files/sink.ts';
import type { Reporter } from './reporter.ts';

export const chromeTrace = (): Reporter => {
  let sink: Sink | null = null;
  const trace = new ChromeTrace((text) => sink?.write(text));
  return {
    watch(run, out) {
      sink = out;
      trace.watch(run);
    },
    report({ result: { report }, config_hash, version }) {
      trace.finish(report, { llmsim: version, config_hash, seed: report.seed });
    },
  };
};
