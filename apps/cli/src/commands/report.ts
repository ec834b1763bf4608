/**
 * `llmsim report`: its command line. What it does stands in `../report/`.
 */
import { Command } from 'commander';
import type { ReportOptions } from '../report/write-report.ts';

const HELP = `
FILES are results that -o FILE.json wrote, of any command; - is standard input.
The page needs no network: charts, tables and their definitions are inside.

Examples:
  llmsim run -o mono.json && llmsim report mono.json
  llmsim report sweep.json plan.json -o capacity.html
`;

export function reportCommand(): Command {
  return new Command('report')
    .summary('put results into one HTML page')
    .description('Put the charts and tables of any results into one HTML page that works offline.')
    .argument('<FILES...>', 'results as JSON, or -')
    .option('-o, --output <FILE>', 'the page, or - for standard output', 'report.html')
    .addHelpText('after', HELP)
    .action(async (files: string[], options: ReportOptions) => {
      const { writeReport } = await import('../report/write-report.ts');
      await writeReport(files, options);
    });
}
