/**
 * `run --web`: the scenario in the dashboard, served from this machine until Ctrl-C. Knows no simulation: the page runs
 * it.
 */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scenario } from '@llmsim/config';
import { ExitCode, UserError } from '../exit-codes.ts';
import type { RunOptions } from '../run/run-options.ts';
import type { Assignment } from '../scenario/load.ts';
import type { ScenarioSource } from '../scenario/source.ts';
import { interruptible } from '../terminal/interruption.ts';
import { givenTrace } from './given-trace.ts';
import { openBrowser } from './open-browser.ts';
import { changedText, linkFragment } from './page-link.ts';
import { servePage } from './page-server.ts';

/** The built dashboard travels with the program, beside the bundle. */
const PAGE = fileURLToPath(new URL('./page/', import.meta.url));

/** Prints the address and serves until the first Ctrl-C, which is the way to end it. */
export async function showInBrowser(
  source: ScenarioSource,
  scenario: Scenario,
  changes: readonly Assignment[],
): Promise<ExitCode> {
  if (!existsSync(join(PAGE, 'index.html'))) {
    throw new UserError('This llmsim was built without the dashboard; pnpm --filter cli build builds both');
  }
  const { trace } = scenario.config;
  // Shipped traces are in the page, too.
  const ships = source.shipped && !changes.some(({ set }) => /^trace(\.path)?=/.test(set));
  const given = trace === undefined || ships ? null : givenTrace(trace.path, source.folder);
  const server = await servePage(PAGE, given === null ? [] : [given]);
  const file = source.file === '<stdin>' ? 'stdin.yaml' : basename(source.file);
  const text = changedText(source, scenario, changes);
  const url = `${server.url}${linkFragment({
    file,
    text,
    view: 'run',
    ...(given === null ? {} : { trace: given.name }),
  })}`;
  process.stdout.write(`${url}\n`);
  const what = given === null ? 'the dashboard' : `the dashboard and ${given.name}`;
  process.stderr.write(`Serving ${what} to this machine. Ctrl-C ends it.\n`);
  if (process.stdout.isTTY) openBrowser(url);
  await interruptible(
    (signal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
  );
  server.close();
  return ExitCode.ok;
}

/** @throws UserError when something is asked for that only a run here gives. */
export function refuseOutputs(options: RunOptions): void {
  const flags: ReadonlyArray<readonly [string, unknown]> = [
    ['--output', options.output],
    ['--requests', options.requests],
    ['--dump-ttft', options.dumpTtft],
    ['--json', options.json],
    ['--check', options.check],
    ['--replications', options.replications],
    ['--until-half-width', options.untilHalfWidth],
    ['--theory', options.theory],
  ];
  const given = flags.filter(([, value]) => value !== undefined).map(([flag]) => flag);
  if (given.length > 0) {
    throw new UserError(
      `--web shows the run in the dashboard and writes nothing: leave out ${given.join(', ')}`,
    );
  }
}
