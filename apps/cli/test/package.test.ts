/** The package as published: it installs elsewhere without a network and runs. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { folder } from './program.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');

it('packs, installs in an empty folder and runs there', async () => {
  const cwd = folder({ 'package.json': '{}' });
  // The bundle is built; building again would take it away from the tests that run beside this one.
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', cwd], { cwd: root });
  const [tarball = ''] = readdirSync(cwd).filter((file) => file.endsWith('.tgz'));
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd });
  const bin = join(cwd, 'node_modules', '.bin', 'llmsim');
  const { stdout, stderr } = await run(
    bin,
    ['run', 'azure-conv-disagg', '--set', 'trace.limit=900', '--json'],
    { cwd },
  );
  expect(stderr).toBe('');
  expect(JSON.parse(stdout).report.outcomes.completed).toBe(900);
  const installed = join(cwd, 'node_modules', '@llmsim', 'cli');
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(manifest.dependencies).toBeUndefined();
  expect(existsSync(join(installed, 'README.md'))).toBe(true);
  expect(readFileSync(join(installed, 'dist', 'LICENSES.txt'), 'utf8')).toMatch(/commander .*MIT/);
});
