/**
 * The `@example` blocks of the public names of the packages, read through the compiler.
 * Knows no values that examples speak of.
 */
import { resolve } from 'node:path';
import ts from 'typescript';
import { root } from './documents.ts';

const PACKAGES = ['engine', 'config', 'traces', 'analysis'] as const;

export interface Example {
  /** The package and the name that it belongs to, such as `engine quantile`. */
  readonly of: string;
  readonly code: string;
  /** Import declarations for every public name that the code may use. */
  readonly imports: string;
}

export function publicExamples(): Example[] {
  const indexes = PACKAGES.map((name) => resolve(root, `packages/${name}/src/index.ts`));
  const { config } = ts.readConfigFile(resolve(root, 'docs/tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve(root, 'docs'));
  const program = ts.createProgram(indexes, options);
  const checker = program.getTypeChecker();
  const exported = PACKAGES.map((name, index) => {
    const source = program.getSourceFile(indexes[index] ?? '');
    const module = source && checker.getSymbolAtLocation(source);
    return { name, symbols: module === undefined ? [] : checker.getExportsOfModule(module) };
  });
  return exported.flatMap(({ name, symbols }) => {
    // The package's own names win where two packages share one.
    const own = [...exported].sort((a, b) => Number(b.name === name) - Number(a.name === name));
    return symbols.flatMap((symbol) =>
      examplesOf(target(symbol, checker)).map((code) => ({
        of: `${name} ${symbol.name}`,
        code,
        imports: importsFor(code, own, checker),
      })),
    );
  });
}

function target(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function examplesOf(symbol: ts.Symbol): string[] {
  return symbol
    .getJsDocTags()
    .filter(({ name }) => name === 'example')
    .map(({ text }) => ts.displayPartsToString(text));
}

interface Exported {
  readonly name: string;
  readonly symbols: readonly ts.Symbol[];
}

function importsFor(code: string, packages: readonly Exported[], checker: ts.TypeChecker): string {
  const taken = new Set<string>();
  const lines: string[] = [];
  for (const { name, symbols } of packages) {
    const used = symbols.filter((symbol) => new RegExp(`\\b${symbol.name}\\b`).test(code));
    const fresh = used.filter((symbol) => !taken.has(symbol.name));
    for (const symbol of fresh) taken.add(symbol.name);
    const names = fresh.map((symbol) =>
      target(symbol, checker).flags & ts.SymbolFlags.Value ? symbol.name : `type ${symbol.name}`,
    );
    if (names.length > 0) lines.push(`import { ${names.join(', ')} } from '@llmsim/${name}';`);
  }
  return lines.join('\n');
}
