/**
 * How the program ends, the one error that is the user's to mend, and the end that the user wants. Knows no command.
 */
export const ExitCode = {
  ok: 0,
  internal: 1,
  usage: 2,
  slo_missed: 3,
  bad_trace: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** A mistake outside the program: shown as its message alone, without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly exit_code: ExitCode;

  constructor(message: string, exit_code: ExitCode = ExitCode.usage) {
    super(message);
    this.exit_code = exit_code;
  }
}

/** Ctrl-C before there was anything to keep. No mistake of the input, so that nobody takes it for one and goes on. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Why a file could not be read or written, in words; `null` when the error has another origin. */
export function fileTrouble(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return null;
  return REASONS.get(error.code) ?? (error.code.startsWith('E') ? error.message : null);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'operation not permitted'],
  ['EISDIR', 'it is a folder'],
  // Outputs are written beside their final name, in a file that is new.
  ['EEXIST', 'another output goes there, too'],
  ['ENOTDIR', 'a part of the path is not a folder'],
  ['ENOSPC', 'no space left on the device'],
  ['EROFS', 'the file system is read-only'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ELOOP', 'too many symbolic links'],
]);
