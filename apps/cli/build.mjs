// Bundles the command line with everything it uses into dist/, so that it starts fast and installs alone.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { licenses } from './licenses.mjs';

const require = createRequire(import.meta.url);
const here = import.meta.dirname;
const dist = join(here, 'dist');
const packages = join(here, '../../packages');
const configs = join(here, '../../configs');

/** Folders and files whose change makes the bundle stale; a missing one is passed over. */
export const sources = [
  join(here, 'src'),
  join(here, 'package.json'),
  join(here, 'build.mjs'),
  ...readdirSync(packages).map((name) => join(packages, name, 'src')),
  configs,
  join(here, '../../pnpm-lock.yaml'),
];

/** The program's entry, and the one file whose time says how fresh the bundle is. */
export const entry = join(dist, 'main.js');

/**
 * Writes the bundle. Files are replaced whole, the entry last, and nothing is removed, so a program that runs from
 * dist/ meanwhile still finds the chunks it loads late.
 */
export async function bundle() {
  const started = new Date();
  // Loaded only now: most starts find the bundle fresh.
  const { build } = await import('esbuild');
  const parts = await Promise.all([
    build({ ...forNode, entryPoints: [join(here, 'src/main.ts')], splitting: true }),
    // Not split with the program: a thread would load all that a chunk has for others.
    build({ ...forNode, entryPoints: workers() }),
    reportPage(build),
  ]);
  copyConfigs();
  const inputs = parts
    .flatMap(({ metafile }) => Object.keys(metafile.inputs))
    .map((input) => join(here, input));
  writeFileSync(join(dist, 'LICENSES.txt'), licenses(inputs));
  const outputFiles = parts.flatMap((part) => part.outputFiles);
  outputFiles.sort((a, b) => Number(a.path === entry) - Number(b.path === entry));
  for (const { path, contents } of outputFiles) {
    const part = `${path}.${process.pid}`;
    writeFileSync(part, contents);
    renameSync(part, path);
  }
  // A source saved while esbuild ran counts as newer than the bundle.
  utimesSync(entry, started, started);
}

/**
 * What runs in Node: the program and the scripts of its threads.
 *
 * @satisfies {import('esbuild').BuildOptions}
 */
const forNode = {
  outdir: dist,
  bundle: true,
  write: false,
  metafile: true,
  absWorkingDir: here,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  entryNames: '[name]',
  // Beside its own script, which is an entry: piscina starts its worker from there.
  define: { __dirname: 'import.meta.dirname' },
  // Only for threads that give way to others, which ours do not.
  external: ['@napi-rs/nice'],
  conditions: ['@llmsim/source'],
  // RxJS offers Node its CommonJS build, of which nothing can be left out: 222 modules in every thread.
  alias: { rxjs: rxjsModules() },
  // CommonJS dependencies call require() for Node's own modules.
  banner: {
    js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
  // All licences are in one file instead.
  legalComments: 'none',
  logLevel: 'warning',
};

/** Worker scripts are started by file name, so each is an entry beside main.js; piscina starts its own, which loads ours. */
function workers() {
  const ours = readdirSync(join(here, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.worker.ts'))
    .map((file) => join(here, 'src', file));
  return [...ours, join(dirname(require.resolve('piscina')), 'worker.js')];
}

/** RxJS as modules, of which the bundle takes what the engine uses. */
function rxjsModules() {
  const rxjs = dirname(createRequire(join(packages, 'engine/package.json')).resolve('rxjs/package.json'));
  return join(rxjs, 'dist/esm/index.js');
}

/**
 * The script and the style that HTML reports carry inside.
 *
 * @param {typeof import('esbuild').build} build
 */
function reportPage(build) {
  return build({
    entryPoints: [join(here, 'src/drawing/page/page.ts'), join(here, 'src/drawing/page/page.css')],
    outdir: dist,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    absWorkingDir: here,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    conditions: ['@llmsim/source'],
    // A report travels without the file of licences.
    legalComments: 'inline',
    logLevel: 'warning',
  });
}

/** The dashboard as `run --web` serves it. */
const page = join(dist, 'page');
const dashboard = join(here, '../dashboard');

/** Folders and files whose change makes the built dashboard stale. */
const pageSources = [
  ...['src', 'scripts', 'index.html', 'vite.config.ts', 'package.json'].map((name) => join(dashboard, name)),
  ...readdirSync(packages).map((name) => join(packages, name, 'src')),
  configs,
];

/** Builds the dashboard into the program, where it is not there or older than its sources. */
export function buildPage() {
  const built = lastChange(join(page, 'index.html'));
  if (pageSources.every((source) => lastChange(source) < built)) return;
  const part = `${page}.${process.pid}`;
  const vite = join(dashboard, 'node_modules/vite/bin/vite.js');
  execFileSync(
    process.execPath,
    [vite, 'build', dashboard, '--outDir', part, '--emptyOutDir', '--logLevel', 'error'],
    {
      env: { ...process.env, NODE_ENV: 'production' },
      // Standard output is the program's alone.
      stdio: ['ignore', process.stderr, process.stderr],
    },
  );
  rmSync(page, { recursive: true, force: true });
  renameSync(part, page);
}

/**
 * @param {string} path
 * @returns {number} milliseconds since the epoch, 0 for what is not there
 */
export function lastChange(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  // The folder's own time moves when a file is added or removed.
  const times = readdirSync(path).map((name) => lastChange(join(path, name)));
  return Math.max(stats.mtimeMs, ...times);
}

/** The built-in scenarios travel with the program. */
function copyConfigs() {
  mkdirSync(dist, { recursive: true });
  if (existsSync(configs)) cpSync(configs, join(dist, 'configs'), { recursive: true });
}

if (import.meta.filename === process.argv[1]) {
  rmSync(dist, { recursive: true, force: true });
  await bundle();
  buildPage();
}
