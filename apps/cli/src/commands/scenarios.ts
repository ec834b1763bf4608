/**
 * `llmsim scenarios`: what is built in.
 */
import { Command } from 'commander';
import { painter } from '../terminal/colour.ts';

export function scenariosCommand(): Command {
  return new Command('scenarios')
    .summary('list the built-in scenarios')
    .description('List the built-in scenarios; each runs by its name.')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: true }) => {
      const { listScenarios } = await import('../scenario/list.ts');
      const scenarios = listScenarios();
      if (json) {
        process.stdout.write(`${JSON.stringify(scenarios, null, 2)}\n`);
        return;
      }
      const { wrap } = await import('../terminal/wrap.ts');
      const paint = painter(process.stdout);
      const width = Math.max(...scenarios.map(({ name }) => name.length));
      for (const { name, title } of scenarios) {
        const [first = '', ...rest] = wrap(title, 78 - width);
        process.stdout.write(`${paint('bold', name.padEnd(width))}  ${first}\n`);
        for (const line of rest) process.stdout.write(`${' '.repeat(width)}  ${line}\n`);
      }
    });
}
