/** The options of `run`, as commander gives them. */
export interface RunOptions {
  readonly set?: readonly string[];
  readonly printConfig?: true;
  readonly trace?: string;
  readonly traceFormat?: string;
  readonly requestRate?: string;
  readonly numPrompts?: number;
  readonly seed?: string;
  readonly goodput?: readonly string[];
  readonly output?: readonly string[];
  readonly requests?: string;
  readonly dumpTtft?: string;
  readonly json?: true;
  readonly quiet?: true;
  readonly check?: true;
  readonly replications?: number;
  readonly untilHalfWidth?: string;
  readonly metric?: string;
  readonly theory?: true;
  readonly web?: true;
}
