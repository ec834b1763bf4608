/**
 * `llmsim validate`: every problem of scenario files, or what they mean.
 */
import { Command } from 'commander';
import { ExitCode, UserError } from '../exit-codes.ts';
import type { ScenarioFacts } from '../scenario/facts.ts';
import { painter } from '../terminal/colour.ts';
import { tell } from '../terminal/tell.ts';
import { collect } from './option-values.ts';

interface ValidateOptions {
  readonly set?: readonly string[];
  readonly json?: true;
}

interface Finding {
  readonly file: string;
  readonly valid: boolean;
  readonly facts: ScenarioFacts | null;
  /** As lines `file:line:column: message`. */
  readonly problems: readonly string[];
}

export function validateCommand(): Command {
  return new Command('validate')
    .summary('check scenario files and print what they mean')
    .description('Check scenario files without running them and print what they mean.')
    .argument('<CONFIG...>', 'files, scenario names, or -')
    .option('-s, --set <KEY=VALUE>', 'change a key of the configuration; repeatable', collect)
    .option('--json', 'print JSON')
    .action(async (configs: string[], { set = [], json }: ValidateOptions) => {
      const { factsText } = await import('../reporters/facts-text.ts');
      const paint = painter(process.stdout);
      const findings: Finding[] = [];
      for (const config of configs) {
        const finding = await examine(config, set);
        findings.push(finding);
        if (json) continue;
        if (finding.facts !== null) process.stdout.write(factsText(finding.file, finding.facts, paint));
        for (const problem of finding.problems) tell(problem);
      }
      if (json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
    });
}

/** Checks one scenario; a problem sets the exit code and lets the next file be checked. */
async function examine(config: string, set: readonly string[]): Promise<Finding> {
  const { readSource } = await import('../scenario/source.ts');
  const { onItsMachines } = await import('../scenario/both-clusters.ts');
  const { idleChanges } = await import('../scenario/idle-changes.ts');
  const { load, toAssignment, warn } = await import('../scenario/load.ts');
  const { prepare } = await import('../scenario/prepare.ts');
  const { traceReader } = await import('../scenario/trace-reader.ts');
  const { factsOf } = await import('../scenario/facts.ts');
  try {
    const source = await readSource(config);
    const changes = set.map(toAssignment);
    const { scenario, note, from } = onItsMachines(load(source, changes));
    warn(scenario, changes);
    for (const idle of idleChanges(scenario.config.mode, from, changes)) tell(`warning: ${idle}`);
    if (note !== null) tell(`note: ${note}`);
    const { trace } = await prepare(scenario, {
      readTrace: traceReader(source.folder, false),
      changes,
      keep_requests: false,
    });
    return { file: source.file, valid: true, facts: factsOf(scenario.config, trace), problems: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.exitCode = Math.max(Number(process.exitCode ?? ExitCode.ok), error.exit_code);
    return { file: config, valid: false, facts: null, problems: error.message.split('\n') };
  }
}
