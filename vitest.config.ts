import { resolve } from 'node:path';
import { defineConfig, type UserWorkspaceConfig } from 'vitest/config';

const at = (path: string) => resolve(import.meta.dirname, path);

// Sources of the workspace's packages, never their builds.
const conditions = ['@llmsim/source', 'node', 'import', 'module', 'default'];

/** Above what a machine that is slow and busy takes; a property looks at many random cases. */
const PATIENCE_MS = 180_000;
const patient: UserWorkspaceConfig['test'] = {
  testTimeout: PATIENCE_MS,
  hookTimeout: PATIENCE_MS,
  expect: { poll: { timeout: PATIENCE_MS / 3 } },
};

const onNode = (name: string, root: string, options: UserWorkspaceConfig['test'] = {}) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name,
    root: at(root),
    include: ['test/**/*.test.ts'],
    setupFiles: at('scripts/fast-check.setup.ts'),
    ...patient,
    ...options,
  },
});

export default defineConfig({
  test: {
    projects: [
      onNode('engine', 'packages/engine'),
      onNode('config', 'packages/config'),
      onNode('traces', 'packages/traces'),
      onNode('analysis', 'packages/analysis'),
      onNode('charts', 'packages/charts'),
      onNode('cli', 'apps/cli', {
        globalSetup: at('apps/cli/test/build-once.ts'),
      }),
      onNode('docs', 'docs', {
        globalSetup: at('apps/cli/test/build-once.ts'),
      }),
      {
        // Compiles components as the page's build does.
        extends: at('apps/dashboard/vite.config.ts'),
        ssr: { resolve: { conditions } },
        test: {
          name: 'dashboard',
          root: at('apps/dashboard'),
          include: ['test/**/*.test.ts'],
          // The built page, once for all files.
          globalSetup: at('apps/dashboard/test/build.setup.ts'),
          ...patient,
        },
      },
    ],
  },
});
