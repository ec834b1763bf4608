/**
 * `llmsim schema`: the JSON Schema of a scenario file.
 */
import { Command } from 'commander';

const HELP = `
Editors with a YAML language server complete and check a file that starts with
  # yaml-language-server: $schema=./llmsim.schema.json
`;

export function schemaCommand(): Command {
  return new Command('schema')
    .summary('print the JSON Schema of scenario files')
    .description('Print the JSON Schema (draft-7) of a scenario file, for editors.')
    .addHelpText('after', HELP)
    .action(async () => {
      const { jsonSchema } = await import('@llmsim/config');
      process.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
    });
}
