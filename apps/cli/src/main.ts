#!/usr/bin/env node
/**
 * The program `llmsim`: reads the command line, runs one command, says how it ended.
 * The only place that ends the process and the only one that prints errors. Heavy modules load inside commands.
 */
import { CommanderError } from 'commander';
import { ExitCode, fileTrouble, Interrupted, UserError } from './exit-codes.ts';
import { discardUnfinished } from './files/sink.ts';
import { program } from './program.ts';
import { painter } from './terminal/colour.ts';
import { tell } from './terminal/tell.ts';

process.on('exit', discardUnfinished);
for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    discardUnfinished();
    process.kill(process.pid, signal);
  });
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader went away (`| head`): nobody wants the rest.
    if (error.code === 'EPIPE') process.exit();
    const reason = fileTrouble(error);
    process.exit(
      complain(reason === null ? error : new UserError(`Cannot write standard output: ${reason}`)),
    );
  });
}

void main();

async function main(): Promise<void> {
  process.once('beforeExit', neverEnded);
  try {
    await program().parseAsync();
  } catch (error) {
    process.exitCode = complain(error);
  }
  process.off('beforeExit', neverEnded);
}

/** Node ends a program that waits for what nothing will bring. */
function neverEnded(): void {
  process.exitCode = complain(new Error('The command waits for nothing'));
}

function complain(error: unknown): ExitCode {
  // Commander has printed its own message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
  const label = painter(process.stderr)('red', 'error:');
  if (error instanceof UserError) {
    tell(`${label} ${error.message}`);
    return error.exit_code;
  }
  if (error instanceof Interrupted) {
    tell(`${label} ${error.message}`);
    return ExitCode.interrupted;
  }
  const trace = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${label} llmsim failed; this is a bug in llmsim, please report it\n${trace}\n`);
  return ExitCode.internal;
}
