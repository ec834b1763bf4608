// Runs the program from its sources: bundles again when one is newer than the bundle, then starts it.
// Prints nothing itself, so stdout is the program's alone.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, entry, sources } from './build.mjs';

/** @param {string} path @returns {number} milliseconds since the epoch, 0 for what is not there */
function lastChange(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  // The folder's own time moves when a file is added or removed.
  const times = readdirSync(path).map((name) => lastChange(join(path, name)));
  return Math.max(stats.mtimeMs, ...times);
}

const bundled = lastChange(entry);
if (sources.some((source) => lastChange(source) >= bundled)) await bundle();

// pnpm runs this in apps/cli; paths on the command line are meant from where the user stood. Programs started by this
// one inherit INIT_CWD but have a folder of their own.
const stood = process.env.INIT_CWD;
if (stood && process.cwd() === import.meta.dirname) process.chdir(stood);

await import(pathToFileURL(entry).href);
