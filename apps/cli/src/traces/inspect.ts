/**
 * `trace inspect`: a recorded workload in numbers, as text or JSON.
 */
import { formatPercent, formatRate, formatSeconds, NO_VALUE, type TableSpec } from '@llmsim/analysis';
import { inspectTrace, type TraceStatistics } from '@llmsim/traces';
import { readTraceFile } from '../scenario/trace-file.ts';
import { type Paint, painter } from '../terminal/colour.ts';
import { renderTable } from '../terminal/render-table.ts';
import { inSigns } from '../terminal/signs.ts';
import { type ReadingOptions, readTraceOptions } from './reading-options.ts';

export async function inspect(
  file: string,
  { json, quiet, ...options }: ReadingOptions & { readonly json?: true },
): Promise<void> {
  const trace = await readTraceFile(file, readTraceOptions(options), { quiet: quiet === true });
  const statistics = inspectTrace(trace);
  const { format } = trace;
  process.stdout.write(
    json
      ? `${JSON.stringify({ file, format, ...statistics }, null, 2)}\n`
      : describe(file, format, statistics, painter(process.stdout)),
  );
}

function describe(file: string, format: string, trace: TraceStatistics, paint: Paint): string {
  const requests = `${trace.n.toLocaleString('en')} ${trace.n === 1 ? 'request' : 'requests'}`;
  const head = inSigns(`${file} · ${format} · ${requests} in ${formatSeconds(trace.span_s)}`);
  const facts: Array<readonly [name: string, value: string]> = [
    ['mean rate', formatRate(trace.rate_per_s, 'req/s')],
    [
      'peak rate',
      `${formatRate(trace.peak_rate_1s_per_s, 'req/s')} over 1 s, ${formatRate(trace.peak_rate_60s_per_s, 'req/s')} over 60 s`,
    ],
    ['longest gap', formatSeconds(trace.longest_gap_s)],
    ['gap CV', `${digits(trace.iat_cv)}   (Poisson: 1)`],
    [
      'dispersion',
      `${digits(trace.iod_1s)} at 1 s, ${digits(trace.iod_10s)} at 10 s, ${digits(trace.iod_60s)} at 60 s   (Poisson: 1)`,
    ],
    [
      'correlation',
      `${digits(trace.length_pearson)} of lengths, ${digits(trace.length_spearman)} of their ranks`,
    ],
  ];
  if (trace.prefix_hit_rate !== null) {
    facts.push(['prefix reuse', `${formatPercent(trace.prefix_hit_rate)} of prompt tokens, unbounded cache`]);
  }
  return [
    paint('dim', head),
    '',
    renderTable(lengths(trace), paint),
    '',
    ...facts.map(([name, value]) => `${paint('bold', name.padEnd(14))}${inSigns(value)}`),
    '',
  ].join('\n');
}

function lengths({ prompt_tokens, output_tokens }: TraceStatistics): TableSpec {
  const statistics = ['mean', 'std', 'min', 'p50', 'p90', 'p95', 'p99', 'max'] as const;
  const row = (name: string, of: TraceStatistics['prompt_tokens']) => [
    { value: name, text: name },
    ...statistics.map((key) => ({ value: of[key], text: Math.round(of[key]).toLocaleString('en') })),
  ];
  return {
    id: 'lengths',
    title: 'Tokens',
    columns: [
      { key: 'tokens', label: 'tokens', align: 'left', definition: 'Which length.' },
      ...statistics.map((key) => ({ key, label: key, align: 'right', definition: key }) as const),
    ],
    rows: [row('prompt', prompt_tokens), row('output', output_tokens)],
    notes: [],
  };
}

function digits(value: number | null): string {
  return value === null ? NO_VALUE : String(Number(value.toPrecision(3)));
}
