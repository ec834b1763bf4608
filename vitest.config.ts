import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const at = (path: string) => resolve(import.meta.dirname, path);

// Sources of the workspace's packages, never their builds.
const conditions = ['@llmsim/source', 'node', 'import', 'module', 'default'];

const onNode = (name: string, root: string) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { name, root: at(root), include: ['test/**/*.test.ts'] },
});

export default defineConfig({
  test: {
    projects: [
      onNode('engine', 'packages/engine'),
      onNode('config', 'packages/config'),
      onNode('traces', 'packages/traces'),
      onNode('analysis', 'packages/analysis'),
      onNode('cli', 'apps/cli'),
      {
        // Compiles components as the page's build does.
        extends: at('apps/dashboard/vite.config.ts'),
        ssr: { resolve: { conditions } },
        test: { name: 'dashboard', root: at('apps/dashboard'), include: ['test/**/*.test.ts'] },
      },
    ],
  },
});
