/** The same seed and plan give the same bytes in Chromium as in Node. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { textOfPage } from './chromium.ts';
import { probe } from './probe.ts';

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@llmsim/source'],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

describe('Chromium and Node', () => {
  const here = probe();
  let there: Readonly<Record<string, unknown>> = {};
  beforeAll(async () => {
    const parsed: unknown = JSON.parse(decodeURIComponent(await textOfPage(await bundle())));
    there = Object.fromEntries(Object.entries(parsed ?? {}));
  }, 120_000);

  it('ran the same probes', () => expect(Object.keys(there)).toEqual(Object.keys(here)));

  for (const [name, bytes] of Object.entries(here)) {
    it(`agree to the byte: ${name}`, () => {
      const theirs = String(there[name]);
      // A whole log is too long to print: show the first place where it differs.
      let at = 0;
      while (at < bytes.length && bytes[at] === theirs[at]) at++;
      if (theirs !== bytes)
        expect.fail(
          `Node has …${bytes.slice(at - 40, at + 40)}…, Chromium …${theirs.slice(at - 40, at + 40)}…`,
        );
    });
  }

  it('probed enough to tell: thousands of requests and their draws', () => {
    expect(Object.values(here).join('').length).toBeGreaterThan(1_000_000);
  });
});
