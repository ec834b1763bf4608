/**
 * Pairs the keys of a real output with their meanings. A key without a meaning and a meaning without a key are errors,
 * so that a page cannot miss a key or keep one that is gone.
 */
import { code, table } from './table.ts';

/** What stands for several names in a key. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  pool: 'gpu|replica|prefill|decode',
  statistic: 'mean|std|min|max|p50|p90|p95|p99',
  latency: 'ttft|tpot|itl|e2e',
  part: 'prefill_queue|prefill|transfer_wait|transfer|decode_queue|first_decode_step',
  end: 'low|high',
  sweep_metric: 'ttft_s\\.p99|ttft_s\\.mean|attainment',
  bench_statistic: 'mean|median|std|p99',
  bench_latency: 'ttft|tpot|itl|e2el',
};

/** A key, `{placeholder}` in it standing for several names, and what it means. */
export type Meaning = readonly [key: string, meaning: string];

export function explained(head: string, keys: Iterable<string>, meanings: readonly Meaning[]): string {
  const patterns = meanings.map(([key]) => new RegExp(`^${patternOf(key)}$`));
  const used = new Set<number>();
  for (const key of keys) {
    const index = patterns.findIndex((pattern) => pattern.test(key));
    if (index < 0) throw new Error(`${key} has no meaning in docs/generate`);
    used.add(index);
  }
  const gone = meanings.filter((_, index) => !used.has(index)).map(([key]) => key);
  if (gone.length > 0) throw new Error(`${gone.join(', ')} stands in docs/generate, and nothing writes it`);
  return table(
    [head, 'meaning'],
    meanings.map(([key, meaning]) => [code(key), meaning]),
  );
}

function patternOf(key: string): string {
  return key
    .replace(/[.[\]]/g, '\\$&')
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?:${PLACEHOLDERS[name] ?? name})`);
}
