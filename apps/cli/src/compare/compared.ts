/** Which options a comparison has: the scenarios given, each at every point of the grid. Knows no runs. */
import { basename } from 'node:path';
import { UserError } from '../exit-codes.ts';
import { openScenario } from '../scenario/open-scenario.ts';
import { parseAxes } from '../vary/axes.ts';
import { gridPoints, gridSize, stepLabel } from '../vary/grid.ts';
import { refuseIdleClusters, refuseSeeds } from '../vary/idle-axes.ts';
import { type CheckedScenario, checkedScenario } from './checked-scenario.ts';
import type { CompareOptions } from './options.ts';

export interface Compared extends CheckedScenario {
  /** What tells it from the others. */
  readonly option: string;
}

/** More than anybody reads side by side; a sweep shows more. */
const MOST = 12;

/**
 * One scenario without `--vary` is compared in its two modes.
 *
 * @throws UserError for what cannot be compared, or with every problem of every scenario.
 */
export async function comparedOptions(
  given: readonly string[],
  options: CompareOptions,
): Promise<Compared[]> {
  const modes = given.length < 2 && options.vary === undefined ? ['mode=mono,disagg'] : [];
  const axes = parseAxes(options.vary ?? modes, options.link);
  refuseSeeds(axes, '--replications');
  const files: readonly (string | undefined)[] = given.length === 0 ? [undefined] : given;
  const count = files.length * gridSize(axes);
  if (count > MOST) {
    throw new UserError(`These are ${count} options; compare takes ${MOST}. For more, use llmsim sweep.`);
  }
  const compared: Compared[] = [];
  const refused: UserError[] = [];
  for (const file of files) {
    try {
      const opened = await openScenario(file, options);
      for (const { at, assignments } of gridPoints(axes)) {
        const checked = await checkedScenario(opened, assignments);
        const steps = axes.map((axis, index) =>
          stepName(axis.variations[0].path, stepLabel(axis, at[index] ?? 0)),
        );
        const name = files.length > 1 ? [basename(opened.name, '.yaml'), ...steps] : steps;
        compared.push({ ...checked, option: name.join(' ') });
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused.push(error);
    }
  }
  const [first] = refused;
  if (first !== undefined) {
    const messages = new Set(refused.map(({ message }) => message));
    throw new UserError([...messages].join('\n'), first.exit_code);
  }
  refuseIdleClusters(axes, compared);
  const twice = compared.find(
    ({ option }, index) => compared.findIndex((other) => other.option === option) < index,
  );
  if (twice !== undefined) {
    throw new UserError(
      `${twice.option} is given twice: copy it under another name, or change it by --vary.`,
    );
  }
  return compared;
}

/** Words speak for themselves, numbers need their key. */
function stepName(path: string, label: string): string {
  return /^[a-z_]+$/i.test(label) ? label : `${path.split('.').at(-1)}=${label}`;
}
