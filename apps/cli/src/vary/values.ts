/**
 * The values that a specification stands for: lists, ranges, even and logarithmic spacings, words.
 * Knows no keys and no schema.
 */
import { exp, ln } from '@llmsim/engine';
import { UserError } from '../exit-codes.ts';

/** What a key can be set to. */
export type VaryValue = number | string | boolean;

/** More values than anybody looks at, and fewer than memory minds. */
const MOST_VALUES = 10_000;

const HOW = 'Write 1,2,4 or 0.5..5:0.5 or log(0.5..8,5) or lin(1..9,5) or words such as mono,disagg';

/**
 * The values of `0.5..2:0.5,3,log(4..16,3)`: items between commas, in their order.
 *
 * @param flag - as messages call the option
 * @throws UserError when an item stands for nothing, or a value comes twice.
 */
export function parseValues(spec: string, flag: string): VaryValue[] {
  if (spec.trim() === '') throw new UserError(`${flag}: there are no values. ${HOW}.`);
  const values = items(spec).flatMap((item) => valuesOf(item.trim(), flag));
  if (values.length > MOST_VALUES) throw tooMany(flag);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new UserError(`${flag}: ${twice} comes twice. Write each value once.`);
  return values;
}

/** Parts between the commas that stand outside parentheses. */
function items(spec: string): string[] {
  return spec.split(/,(?![^(]*\))/);
}

function valuesOf(item: string, flag: string): VaryValue[] {
  if (item === '') throw new UserError(`${flag}: there is nothing between two commas. ${HOW}.`);
  const spacing = /^(log|lin)\((.*)\)$/.exec(item);
  if (spacing !== null) return spaced(spacing[1] === 'log', spacing[2] ?? '', item, flag);
  if (item.includes('..')) return stepped(item, flag);
  if (/[()]/.test(item)) throw new UserError(`${flag}: ${item} is not understood. ${HOW}.`);
  return [scalar(item)];
}

/** A number or a truth value as YAML reads it; anything else is a word. */
function scalar(text: string): VaryValue {
  const number = finite(text);
  if (number !== null) return number;
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/** `a..b:step`: from a in steps, b included when a step hits it. */
function stepped(item: string, flag: string): number[] {
  const [ends = '', step_text] = item.split(':');
  const [from, to] = endsOf(ends, item, flag);
  const step = finite(step_text ?? '');
  if (step === null || step <= 0) {
    const rule = step_text === undefined ? 'needs a step' : 'needs a step above 0';
    throw new UserError(`${flag}: ${item} ${rule}. Write ${ends}:${roundStep((to - from) / 10)}.`);
  }
  // A step that hits the end but for rounding hits it.
  const steps = Math.floor((to - from) / step + 1e-9);
  if (steps >= MOST_VALUES) throw tooMany(flag);
  return Array.from({ length: steps + 1 }, (_, index) => tidy(from + index * step, 12));
}

/** `a..b,n`: n values from a to b, evenly or by equal factors. */
function spaced(byFactors: boolean, inside: string, item: string, flag: string): number[] {
  const [ends = '', count_text = ''] = inside.split(',');
  const [from, to] = endsOf(ends.trim(), item, flag);
  const count = finite(count_text) ?? Number.NaN;
  if (!(Number.isSafeInteger(count) && count >= 2)) {
    const name = byFactors ? 'log' : 'lin';
    throw new UserError(
      `${flag}: ${item} needs a whole number of at least 2 values. Write ${name}(${ends},5).`,
    );
  }
  if (count > MOST_VALUES) throw tooMany(flag);
  if (byFactors && from <= 0) {
    throw new UserError(`${flag}: ${item} must start above 0. Write lin(${inside}) for even steps.`);
  }
  if (from === to) throw new UserError(`${flag}: ${item} has one value only. Write ${from}.`);
  return Array.from({ length: count }, (_, index) => {
    if (index === 0) return from;
    if (index === count - 1) return to;
    const share = index / (count - 1);
    return tidy(
      byFactors ? from * exp(share * ln(to / from)) : from + share * (to - from),
      byFactors ? 6 : 12,
    );
  });
}

/** `a..b`, a not above b. */
function endsOf(text: string, item: string, flag: string): [from: number, to: number] {
  const [from = null, to = null, ...more] = text.split('..').map(finite);
  if (from === null || to === null || more.length > 0) {
    throw new UserError(`${flag}: ${item} needs a number on each side of "..". ${HOW}.`);
  }
  if (from > to) {
    throw new UserError(
      `${flag}: ${item} is empty, it ends before it starts. Write the smaller number first.`,
    );
  }
  return [from, to];
}

function finite(text: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

/** Without the dust of binary fractions: 0.1 · 3 is 0.3. */
function tidy(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

function roundStep(step: number): number {
  return step > 0 ? Number(step.toPrecision(1)) : 1;
}

function tooMany(flag: string): UserError {
  return new UserError(
    `${flag}: these are more than ${MOST_VALUES.toLocaleString('en')} values. Take a larger step.`,
  );
}
