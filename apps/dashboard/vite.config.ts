import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { checkedScenario } from './scripts/checked-scenario.mjs';

/** What the built page may load: its own scripts, styles, worker and traces, and nothing from anybody else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The dev server writes inline styles and opens a socket, so only the built page carries the policy. */
const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

export default defineConfig({
  // Both paths hold wherever the tests start from.
  root: import.meta.dirname,
  // Relative, so that the built page works from any folder of any host.
  base: './',
  plugins: [
    svelte({ configFile: join(import.meta.dirname, 'svelte.config.js') }),
    contentSecurityPolicy,
    checkedScenario(),
  ],
  // rxjs has its modern build under es2015.
  resolve: { conditions: ['@llmsim/source', 'es2015', ...defaultClientConditions] },
  worker: { format: 'es', plugins: () => [checkedScenario()] },
  build: {
    license: { fileName: 'licenses.md' },
    // Browsers that load modules preload them too; the polyfill would fetch, which the policy forbids.
    modulePreload: { polyfill: false },
  },
});
