/**
 * `--vary PATH=SPEC` and `--link PATH,PATH` → the axes of a grid. Knows no schema: whether a key exists is found by the
 * check of the scenarios.
 */
import { UserError } from '../exit-codes.ts';
import { parseValues, type VaryValue } from './values.ts';

/** One key and the values it takes. */
export interface Variation {
  /** As the user typed it. */
  readonly flag: string;
  /** The key with its parents, such as `arrival.rate_per_s`. */
  readonly path: string;
  readonly values: readonly VaryValue[];
}

/** Keys that move together, step by step: one, or several that are linked. All have as many values. */
export interface Axis {
  readonly variations: readonly [Variation, ...Variation[]];
  /** Number of values. */
  readonly length: number;
}

/**
 * The variation of `PATH=SPEC`.
 *
 * @throws UserError when it stands for no values.
 * @example
 * parseVariation('arrival.rate_per_s=0.5..2:0.5').values; // [0.5, 1, 1.5, 2]
 */
function parseVariation(text: string): Variation {
  const flag = `--vary ${text}`;
  const [, path = '', spec = ''] = /^\s*([^=\s]+)\s*=(.*)$/s.exec(text) ?? [];
  if (path === '' || path.split('.').some((key) => key === '')) {
    throw new UserError(
      `${flag}: a key and "=" are needed. Write --vary arrival.rate_per_s=1,2,4 or --vary mode=mono,disagg.`,
    );
  }
  return { flag, path, values: parseValues(spec, flag) };
}

/**
 * The axes of a grid in the order given; each link makes one axis of the keys it names.
 *
 * @param vary - texts of `--vary`
 * @param link - texts of `--link`: keys with commas between
 * @throws UserError with the first mistake.
 */
export function parseAxes(vary: readonly string[], link: readonly string[] = []): Axis[] {
  const variations = vary.map(parseVariation);
  refuseTwice(variations);
  const groups = link.map((text) => linked(text, variations));
  const linkedTwice = groups.flat().find((variation, index, all) => all.indexOf(variation) !== index);
  if (linkedTwice !== undefined) {
    throw new UserError(
      `--link: ${linkedTwice.path} is linked twice. Name all keys that move together in one --link.`,
    );
  }
  const axes = variations.flatMap((variation): Axis[] => {
    const group = groups.find((members) => members.includes(variation)) ?? [variation];
    const [first, ...rest] = group;
    // A group stands where its first key was given.
    if (first !== variation) return [];
    return [{ variations: [first, ...rest], length: first.values.length }];
  });
  return axes;
}

/** The variations that a link names, in the order given on the command line. */
function linked(text: string, variations: readonly Variation[]): Variation[] {
  const flag = `--link ${text}`;
  const paths = text.split(',').map((path) => path.trim());
  const unknown = paths.find((path) => variations.every((variation) => variation.path !== path));
  if (unknown !== undefined) {
    const known = variations.map(({ path }) => path).join(', ');
    throw new UserError(
      `${flag}: ${unknown === '' ? 'a key' : unknown} is not varied. Keys with --vary: ${known}.`,
    );
  }
  const members = variations.filter(({ path }) => paths.includes(path));
  if (members.length < 2) throw new UserError(`${flag}: it takes two keys or more, such as --link a.b,c.d.`);
  const lengths = members.map(({ path, values }) => `${path} has ${values.length}`);
  if (new Set(members.map(({ values }) => values.length)).size > 1) {
    throw new UserError(`${flag}: linked keys need as many values each, and ${lengths.join(', ')}.`);
  }
  return members;
}

function refuseTwice(variations: readonly Variation[]): void {
  for (const [index, { flag, path }] of variations.entries()) {
    const before = variations.slice(0, index).find((other) => overlaps(other.path, path));
    if (before === undefined) continue;
    const rule =
      before.path === path ? `${path} is varied twice` : `${path} and ${before.path} set the same key`;
    throw new UserError(`${flag}: ${rule}. Write one --vary for it.`);
  }
}

/** Whether one path is the other or a parent of it. */
function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}
