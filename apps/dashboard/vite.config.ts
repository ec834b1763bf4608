import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  // Relative, so that the built page works from any folder of any host.
  base: './',
  plugins: [svelte()],
  resolve: { conditions: ['@llmsim/source', ...defaultClientConditions] },
  worker: { format: 'es' },
});
