/** The built program on a pseudo terminal, which `script` of util-linux makes: its progress is for terminals alone. */
import { spawn, spawnSync } from 'node:child_process';
import { entry } from '../build.mjs';

export interface Shown {
  readonly code: number | null;
  /** Everything that the terminal got, standard output included. */
  readonly screen: string;
}

export interface AtTerminal {
  readonly cwd: string;
  /** Of the terminal; 0 is one that has no size. */
  readonly columns?: number;
  /** Presses Ctrl-C once the screen holds this. */
  readonly interruptAt?: string;
}

export const hasPseudoTerminals: boolean = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;

/** The program with these arguments, to its end. */
export function atTerminal(
  args: readonly string[],
  { cwd, columns = 80, interruptAt }: AtTerminal,
): Promise<Shown> {
  const words = [process.execPath, entry, ...args].map((word) => `'${word}'`).join(' ');
  const command = `stty cols ${columns}; exec ${words}`;
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd,
    env: { ...process.env, LC_ALL: 'C.UTF-8', NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  let screen = '';
  let interrupted = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    if (interruptAt === undefined || interrupted || !screen.includes(interruptAt)) return;
    interrupted = true;
    child.stdin.write('\u0003');
  });
  child.stdin.on('error', () => {});
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, screen })));
}
