/**
 * The TypeScript snippets of documents: checked as strictly as the project itself, and run in Node.
 * A snippet that continues the one before it (```` ```ts continues ````) is one program with it.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import ts from 'typescript';
import { root } from './documents.ts';
import type { CodeBlock } from './markdown.ts';

/** Imports of a snippet resolve as if it stood here. */
const HOME = resolve(root, 'docs');
const MARK = '\u0001';

/** A chain of snippets that make one program. */
export type Program = readonly CodeBlock[];

export function programsOf(blocks: readonly CodeBlock[]): Program[] {
  const programs: CodeBlock[][] = [];
  for (const block of blocks) {
    if (block.lang !== 'ts' || block.meta.startsWith('file=')) continue;
    if (block.meta === 'continues') programs.at(-1)?.push(block);
    else programs.push([block]);
  }
  return programs;
}

/** What each snippet of a program printed. */
export function runProgram(program: Program, folder: string): Map<CodeBlock, string> {
  const contents = program.map(({ code }) => code).join(`\nconsole.log('${MARK}');\n`);
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: HOME, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@llmsim/source'],
    // CommonJS dependencies call require() for Node's own modules.
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(process.cwd() + '/');",
    },
    logLevel: 'silent',
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-'], {
    cwd: folder,
    encoding: 'utf8',
    input: outputFiles[0]?.text ?? '',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_OPTIONS: undefined },
  });
  if (status !== 0) throw new Error(`The snippet at line ${program[0]?.line} failed:\n${stderr}`);
  const parts = stdout.split(`${MARK}\n`);
  return new Map(program.map((block, index) => [block, parts[index] ?? '']));
}

/** Type errors of modules by name, as if they stood in `docs/`. */
export function typeErrors(modules: ReadonlyMap<string, string>): string[] {
  const sources = new Map<string, string>();
  for (const [name, code] of modules) sources.set(join(HOME, `${name}.ts`), `${code}\nexport {};\n`);
  const { config } = ts.readConfigFile(resolve(root, 'docs/tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, HOME);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.getSourceFile = (file, target, ...rest) => {
    const source = sources.get(file);
    return source === undefined
      ? getSourceFile(file, target, ...rest)
      : ts.createSourceFile(file, source, target);
  };
  const compiled = ts.createProgram([...sources.keys()], options, host);
  const problems = [...sources.keys()].flatMap((file) => [
    ...compiled.getSyntacticDiagnostics(compiled.getSourceFile(file)),
    ...compiled.getSemanticDiagnostics(compiled.getSourceFile(file)),
  ]);
  return problems.map((problem) => {
    const message = ts.flattenDiagnosticMessageText(problem.messageText, '\n');
    const line = problem.file?.getLineAndCharacterOfPosition(problem.start ?? 0).line ?? 0;
    return `${problem.file?.fileName.slice(HOME.length + 1)}:${line + 1}: ${message}`;
  });
}
