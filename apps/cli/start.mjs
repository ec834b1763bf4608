// Runs the program from its sources: bundles again when one is newer than the bundle, then starts it.
// Prints nothing itself, so stdout is the program's alone.
import { pathToFileURL } from 'node:url';
import { buildPage, bundle, entry, lastChange, sources } from './build.mjs';

const bundled = lastChange(entry);
if (sources.some((source) => lastChange(source) >= bundled)) await bundle();
// Takes some seconds, so only for those who want to see it.
if (process.argv.includes('--web')) buildPage();

// pnpm runs this in apps/cli; paths on the command line are meant from where the user stood. Programs started by this
// one inherit INIT_CWD but have a folder of their own.
const stood = process.env.INIT_CWD;
if (stood && process.cwd() === import.meta.dirname) process.chdir(stood);

await import(pathToFileURL(entry).href);
