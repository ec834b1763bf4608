import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  // Both paths hold wherever the tests start from.
  root: import.meta.dirname,
  // Relative, so that the built page works from any folder of any host.
  base: './',
  plugins: [svelte({ configFile: join(import.meta.dirname, 'svelte.config.js') })],
  resolve: { conditions: ['@llmsim/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: { license: { fileName: 'licenses.md' } },
});
