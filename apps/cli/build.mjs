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
import { basename, dirname, join } from 'node:path';
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
  const { rolldown } = await import('rolldown');
  const parts = await Promise.all([
    forNode(rolldown, { main: join(here, 'src/main.ts') }),
    // Each by itself: a thread would load all that a chunk has for others.
    ...workers().map((file) => forNode(rolldown, { [basename(file).replace(/\.[jt]s$/, '')]: file })),
    reportPage(build),
  ]);
  copyConfigs();
  writeFileSync(join(dist, 'LICENSES.txt'), licenses(parts.flatMap(({ inputs }) => inputs)));
  writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  const outputFiles = parts.flatMap(({ files }) => files);
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
 * @typedef {{ files: { path: string, contents: string | Uint8Array }[], inputs: string[] }} Part
 * What one call of a bundler makes, and the files it was made of.
 */

/**
 * What runs in Node, the program or the script of a thread: its files, and the files that went into it.
 * Rolldown leaves top-level constants constant, where esbuild makes variables of them: the compiler of the virtual
 * machine then knows their values, and a long simulation executes a sixth fewer instructions.
 *
 * @param {typeof import('rolldown').rolldown} rolldown
 * @param {Record<string, string>} input
 * @returns {Promise<Part>}
 */
async function forNode(rolldown, input) {
  const bundle = await rolldown({
    input,
    cwd: here,
    platform: 'node',
    // Only for threads that give way to others, which ours do not.
    external: ['@napi-rs/nice'],
    resolve: {
      conditionNames: ['@llmsim/source', 'import', 'node'],
      // These offer Node their CommonJS build, of which nothing can be left out.
      alias: {
        rxjs: modulesOf('rxjs', 'engine', 'dist/esm/index.js'),
        yaml: modulesOf('yaml', 'config', 'browser/dist/index.js'),
      },
    },
    transform: {
      target: 'node20',
    },
    logLevel: 'warn',
  });
  const { output } = await bundle.generate({
    // Node takes longer to start modules.
    format: 'cjs',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[hash].js',
    // All licences are in one file instead.
    comments: { legal: false },
  });
  await bundle.close();
  const chunks = output.filter((part) => part.type === 'chunk');
  return {
    files: chunks.map(({ fileName, code }) => ({
      path: join(dist, fileName),
      contents: new TextEncoder().encode(code),
    })),
    inputs: chunks.flatMap(({ moduleIds }) => moduleIds),
  };
}

/** Worker scripts are started by file name, so each is an entry beside main.js; piscina starts its own, which loads ours. */
function workers() {
  const ours = readdirSync(join(here, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.worker.ts'))
    .map((file) => join(here, 'src', file));
  return [...ours, join(dirname(require.resolve('piscina')), 'worker.js')];
}

/**
 * The modules of a library that a package here depends on, of which the bundle takes what is used.
 *
 * @param {string} library
 * @param {string} name of the package
 * @param {string} index
 */
function modulesOf(library, name, index) {
  const folder = dirname(
    createRequire(join(packages, name, 'package.json')).resolve(`${library}/package.json`),
  );
  return join(folder, index);
}

/**
 * The script and the style that HTML reports carry inside; esbuild, because it bundles style sheets too.
 *
 * @param {typeof import('esbuild').build} build
 * @returns {Promise<Part>}
 */
async function reportPage(build) {
  const { outputFiles, metafile } = await build({
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
  return { files: outputFiles, inputs: Object.keys(metafile.inputs).map((input) => join(here, input)) };
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
  // The program around it is CommonJS.
  writeFileSync(join(part, 'package.json'), '{ "type": "module" }\n');
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
