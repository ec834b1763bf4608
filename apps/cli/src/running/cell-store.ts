/**
 * Reports of cells on disk, by key: what was run once need not run again. Knows no cell's meaning.
 * A report appears whole or not at all, so that a crash loses what was running and nothing else.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { SimulationReport } from '@llmsim/engine';

/** Reports that nobody asked for in this time are removed. */
const KEPT_MS = 30 * 24 * 3600 * 1000;

export interface CellStore {
  /** The report under a key, null when there is none. */
  read(key: string): SimulationReport | null;
  /** Keeps a report. A disk that does not take it is no reason to lose the run: it is then not kept. */
  write(key: string, report: SimulationReport): void;
  /** Removes what nobody asked for in a month. */
  prune(now_ms?: number): void;
}

/** `$XDG_CACHE_HOME/llmsim/cells`, or `~/.cache/llmsim/cells`. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'llmsim', 'cells');
}

export function cellStore(folder: string): CellStore {
  const fileOf = (key: string): string => join(folder, `${key}.json`);
  return {
    read(key) {
      try {
        // Only `write` puts files here, whole; one that somebody cut off is run again.
        const report: SimulationReport = JSON.parse(readFileSync(fileOf(key), 'utf8'));
        return report;
      } catch {
        return null;
      }
    },
    write(key, report) {
      const part = join(folder, `.${key}.${process.pid}.part`);
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(part, JSON.stringify(report));
        renameSync(part, fileOf(key));
      } catch {
        discard(part);
      }
    },
    prune(now_ms = Date.now()) {
      try {
        for (const name of readdirSync(folder)) {
          const file = join(folder, name);
          if (now_ms - lastUse(file) > KEPT_MS) rmSync(file, { force: true });
        }
      } catch {
        // No folder, or somebody else removes the same files: nothing is left to do.
      }
    },
  };
}

function discard(part: string): void {
  try {
    rmSync(part, { force: true });
  } catch {
    // There was no folder for it to be in.
  }
}

/** Milliseconds; the time of reading where the file system keeps it. */
function lastUse(file: string): number {
  const { atimeMs, mtimeMs } = statSync(file);
  return Math.max(atimeMs, mtimeMs);
}
