// Which scripts of the built page a visitor waits for: those of the page and of the simulator, with all that they
// import before they run. What loads late is not among them. Knows no size.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/**
 * @param {string} folder of the built page
 * @returns {string[]} paths in it
 */
export function firstLoad(folder) {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const page = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
  const workers = readdirSync(join(folder, 'assets')).filter((name) => /^sim\.worker-.*\.js$/.test(name));
  if (page.length === 0 || workers.length !== 1) throw new Error(`${folder} holds no built page`);
  /** @type {Set<string>} */
  const found = new Set();
  const follow = (/** @type {string} */ path) => {
    if (found.has(path)) return;
    found.add(path);
    for (const next of imports(readFileSync(join(folder, path), 'utf8'))) {
      follow(normalize(join(dirname(path), next)));
    }
  };
  for (const path of [...page, ...workers.map((name) => `assets/${name}`)]) follow(path);
  return [...found];
}

/**
 * @param {string} code minified
 * @returns {string[]} relative paths
 */
function imports(code) {
  return [...code.matchAll(/\b(?:import|from)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g)].map(
    ([, path]) => path ?? '',
  );
}
