// A scenario file as a module of what it says: `import { config, text } from 'FILE.yaml?checked'`. It is read and
// checked while the page is built, so that nobody waits for a reader of YAML in the browser. Knows no page.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { runnerImport } from 'vite';

const QUERY = '?checked';

/** @returns {import('vite').Plugin} */
export function checkedScenario() {
  return {
    name: 'checked-scenario',
    enforce: 'pre',
    load: {
      filter: { id: /\.yaml\?checked$/ },
      async handler(id) {
        const path = id.slice(0, -QUERY.length);
        this.addWatchFile(path);
        const text = await readFile(path, 'utf8');
        const config = await configOf(text, basename(path));
        const code = `export const text = ${JSON.stringify(text)};\nexport const config = ${JSON.stringify(config)};\n`;
        return { code, moduleType: 'js' };
      },
    },
  };
}

/**
 * @param {string} text
 * @param {string} file
 */
async function configOf(text, file) {
  /** @type {{ module: typeof import('@llmsim/config') }} */
  const { module } = await runnerImport('@llmsim/config', {
    root: import.meta.dirname,
    configFile: false,
    // From the sources, which are there before anything is built.
    environments: { inline: { resolve: { conditions: ['@llmsim/source'], noExternal: [/^@llmsim\//] } } },
  });
  const loaded = module.loadScenario(text, { file });
  if (!loaded.ok) throw new Error(loaded.problems.map(module.formatProblem).join('\n'));
  return loaded.scenario.config;
}
