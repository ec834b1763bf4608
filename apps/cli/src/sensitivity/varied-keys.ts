/**
 * Which keys a sensitivity analysis moves and how far: those of `--vary key=a..b`, or every number of the scenario in
 * use by a fifth to both sides. Knows no analysis.
 */
import type { Factor } from '@llmsim/analysis';
import { nearest, type OriginOfValue, origins, type Scenario } from '@llmsim/config';
import { ln } from '@llmsim/engine';
import { UserError } from '../exit-codes.ts';
import { toAssignment } from '../scenario/load.ts';
import type { OpenedScenario } from '../scenario/open-scenario.ts';

/** How far a key is moved to each side when nobody says, as a share of its value. */
const REACH = 0.2;

/** Numbers that say how to measure, not what: moving them answers nothing about the system. */
const NOT_OF_THE_SYSTEM =
  /^(random_seed|sim_seconds|warmup_seconds|slo\..*|trace\..*|arrival\.max_requests|.*\.min_value)$/;

type NumberKey = OriginOfValue & { readonly value: number };

/** @throws UserError with the first mistake. */
export function factorsOf(
  opened: OpenedScenario,
  scenario: Scenario,
  vary: readonly string[] = [],
): Factor[] {
  const keys = numberKeys(scenario);
  if (vary.length > 0) {
    const given = vary.map((text) => ranged(text, keys, opened));
    const twice = given.findIndex(({ key }, index) => given.findIndex((other) => other.key === key) < index);
    if (twice < 0) return given;
    throw new UserError(
      `--vary ${vary[twice]}: ${given[twice]?.key} is varied twice. Write one --vary for it.`,
    );
  }
  const factors = keys.flatMap(({ path, value }) => about(path, value, opened) ?? []);
  if (factors.length === 0) {
    throw new UserError('The scenario has no number that can be moved; name keys by --vary KEY=A..B');
  }
  return factors;
}

/** Numbers of the clusters and the load in use. */
function numberKeys(scenario: Scenario): NumberKey[] {
  const { mode, trace } = scenario.config;
  const unused = [
    mode === 'mono' ? 'cluster_disagg.' : 'cluster_mono.',
    ...(trace === undefined ? [] : ['arrival.', 'prompt_tokens.', 'output_tokens.']),
  ];
  return origins(scenario).filter(
    (leaf): leaf is NumberKey =>
      typeof leaf.value === 'number' &&
      !NOT_OF_THE_SYSTEM.test(leaf.path) &&
      unused.every((prefix) => !leaf.path.startsWith(prefix)),
  );
}

function ranged(text: string, keys: readonly NumberKey[], opened: OpenedScenario): Factor {
  const [, path = '', from = '', to = ''] = /^\s*([^=\s]+)\s*=\s*(\S+?)\.\.(\S+)\s*$/.exec(text) ?? [];
  const [low, high] = [Number(from), Number(to)];
  if (path === '' || from === '' || !(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new UserError(`--vary ${text}: it takes a key and a range, such as --vary arrival.rate_per_s=1..4`);
  }
  const found = keys.find((key) => key.path === path);
  if (found === undefined) {
    const [likely] = nearest(
      path,
      keys.map((key) => key.path),
    );
    const hint =
      likely === undefined ? `Keys: ${keys.map((key) => key.path).join(', ')}.` : `Did you mean ${likely}?`;
    throw new UserError(`--vary ${text}: the scenario has no number ${path} in use. ${hint}`);
  }
  if (found.value < low || found.value > high) {
    throw new UserError(
      `--vary ${text}: the scenario has ${path}: ${found.value}, outside of the range. Move it by --set ${path}=${low}, or widen the range.`,
    );
  }
  const whole = isWhole(path, found.value, opened);
  // Both ends must be allowed: what lies between then is.
  for (const end of [low, high]) opened.load([{ set: `${path}=${end}`, flag: `--vary ${text}` }]);
  return { key: path, low, high, base: found.value, whole, logarithm: isLogarithm(path, opened) };
}

/** Null for a key that cannot be moved about its value. */
function about(path: string, value: number, opened: OpenedScenario): Factor | null {
  if (value === 0) return null;
  if (isLogarithm(path, opened)) {
    const [low, high] = [ln(1 - REACH), ln(1 + REACH)].map((by) => Number((value + by).toPrecision(6)));
    return low === undefined || high === undefined
      ? null
      : { key: path, low, high, base: value, whole: false, logarithm: true };
  }
  const whole = isWhole(path, value, opened);
  const [a, b] = [(1 - REACH) * value, (1 + REACH) * value].map((end) => Number(end.toPrecision(6)));
  const low = Math.min(a ?? value, b ?? value);
  const high = Math.max(a ?? value, b ?? value);
  const factor = whole
    ? { low: Math.min(Math.round(low), value - 1), high: Math.max(Math.round(high), value + 1) }
    : { low, high };
  // A single GPU can only be joined by another.
  const ends = [factor.low, factor.high].map((end) => (allowed(path, end, opened) ? end : value));
  const [from = value, to = value] = ends;
  return from < to ? { key: path, low: from, high: to, base: value, whole } : null;
}

/** μ of a lognormal law is the logarithm of its median. */
function isLogarithm(path: string, opened: OpenedScenario): boolean {
  const [parent, key] = path.split('.');
  if (key !== 'mean' || (parent !== 'prompt_tokens' && parent !== 'output_tokens')) return false;
  const { config } = opened.load();
  return config.trace === undefined && config[parent].mode === 'log';
}

/** Whether the schema takes whole numbers only: it refuses one that is not. */
function isWhole(path: string, value: number, opened: OpenedScenario): boolean {
  return Number.isInteger(value) && !allowed(path, value + 0.5, opened);
}

function allowed(path: string, value: number, opened: OpenedScenario): boolean {
  try {
    opened.load([toAssignment(`${path}=${value}`)]);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
