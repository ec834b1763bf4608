// `pnpm test [filter …]`: every test of the workspace. Arguments go to vitest, such as `--project engine` or part of
// a file's name. The last line counts: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ensureChromium } from './ensure-chromium.mjs';

const root = resolve(import.meta.dirname, '..');
const report = resolve(root, 'node_modules/.cache/vitest-report.json');

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  // On Windows the commands in node_modules/.bin are scripts that need a shell.
  const shell = process.platform === 'win32';
  return spawnSync(command, args, { cwd: root, env, stdio: 'inherit', shell }).status === 0;
}

/** @returns {{passed: number, failed: number}} */
function count() {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that fails to load has no tests to count: it counts itself.
    const unloaded = testResults.filter(
      (/** @type {{status: string, assertionResults: {status: string}[]}} */ file) =>
        file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
    );
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

rmSync(report, { force: true });
mkdirSync(dirname(report), { recursive: true });

const ready = ensureChromium() && run('turbo', ['run', 'build', '--output-logs=errors-only']);
const ok =
  ready &&
  run('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ]);

const { passed, failed } = count();
// Vitest also fails for what no test reports, such as an error thrown after the last one.
const failures = ok ? failed : Math.max(failed, 1);
console.log(`${passed} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
