/**
 * Guesses the number behind a text such as `600s`, `8k` or `2/s`. Knows no keys but the unit in their names.
 */

const SECONDS: Readonly<Record<string, number>> = {
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  hours: 3600,
  d: 86400,
};

const MULTIPLES: Readonly<Record<string, number>> = {
  k: 1e3,
  ki: 1024,
  m: 1e6,
  mi: 1024 ** 2,
  g: 1e9,
  gi: 1024 ** 3,
  t: 1e12,
  ti: 1024 ** 4,
};

const THINGS = /^(bytes?|b|tokens?|toks?|requests?|reqs?|gpus?|seqs?|blocks?)$/;

/** The plain number that `text` most likely means under a key of this name, or null. */
export function numberMeant(text: string, key: string): number | null {
  const match = /^([+-]?[\d_,' ]*\d(?:\.\d*)?(?:e[+-]?\d+)?|[+-]?\.\d+)\s*(\D{0,20})$/i.exec(text.trim());
  if (match === null) return null;
  const value = Number(match[1]?.replace(/[_,' ]/g, ''));
  const factor = factorOf((match[2] ?? '').trim().toLowerCase(), key);
  if (factor === null || !Number.isFinite(value * factor)) return null;
  return Number((value * factor).toPrecision(15));
}

/** How a key says its unit: what the number counts. */
export function unitWord(key: string): string {
  if (key.endsWith('bytes_per_s')) return 'bytes per second';
  if (key.endsWith('tokens_per_s')) return 'tokens per second';
  if (key.endsWith('_per_s')) return 'requests per second';
  if (key.endsWith('bytes_per_token')) return 'bytes';
  if (isDuration(key)) return 'seconds';
  return '';
}

function isDuration(key: string): boolean {
  return key.endsWith('_s') || key.endsWith('seconds');
}

function factorOf(unit: string, key: string): number | null {
  if (unit === '') return 1;
  if (unit === '%') return 0.01;
  if (isDuration(key) && !key.endsWith('_per_s')) return SECONDS[unit] ?? null;
  const perMinute = /\/\s*(m|min|minute)$/;
  const perHour = /\/\s*(h|hr|hour)$/;
  const time = perMinute.test(unit) ? 60 : perHour.test(unit) ? 3600 : 1;
  const amount = unit
    .replace(perMinute, '')
    .replace(perHour, '')
    .replace(/\s*(\/|per)\s*(s|sec|second|token|tok)$/, '')
    .replace(/^(rps|qps)$/, '')
    .trim();
  if (amount === '' || THINGS.test(amount)) return 1 / time;
  if (/^[kmgt]bit|^[kmgt]bps/.test(amount)) return (MULTIPLES[amount.charAt(0)] ?? 1) / 8 / time;
  const multiple = /^([kmgt]i?)\s*(.*)$/.exec(amount);
  const things = multiple?.[2] ?? '';
  const scale = MULTIPLES[multiple?.[1] ?? ''];
  return scale !== undefined && (things === '' || THINGS.test(things)) ? scale / time : null;
}
