// `pnpm bench [filter]`: bundles each bench/*.bench.ts of the workspace and runs it, one after another.
// The filter is a part of the path, such as `engine` or `clock`; a *.slow.ts runs only when the filter fits it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { build } from 'rolldown';

const root = resolve(import.meta.dirname, '..');
const [filter = ''] = process.argv.slice(2);

const benches = ['packages', 'apps']
  .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name, 'bench')))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.bench.ts') || (filter !== '' && file.endsWith('.slow.ts')))
  .filter((file) => relative(root, file).includes(filter))
  .sort();

if (benches.length === 0) console.error(`No bench/*.bench.ts has "${filter}" in its path.`);
process.exitCode = benches.length === 0 ? 1 : 0;

for (const bench of benches) {
  const name = relative(root, bench);
  // Inside the package, so that what is not bundled is found from there.
  const outfile = join(
    dirname(bench),
    '../node_modules/.cache/bench',
    basename(bench).replace(/\.ts$/, '.mjs'),
  );
  await build({
    input: bench,
    platform: 'node',
    // They bring programs and files of their own.
    external: ['vite', 'playwright-core', 'piscina'],
    resolve: {
      conditionNames: ['@llmsim/source', 'import', 'node'],
      // As in the program: RxJS offers Node a build of ES5.
      alias: { rxjs: join(root, 'packages/engine/node_modules/rxjs/dist/esm/index.js') },
    },
    output: { file: outfile, format: 'esm', sourcemap: 'inline' },
    logLevel: 'warn',
  });
  console.error(`\n${name}`);
  const { status } = spawnSync(process.execPath, ['--expose-gc', '--enable-source-maps', outfile], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
