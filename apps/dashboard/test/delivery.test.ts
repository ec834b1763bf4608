/** What the built page loads and from where. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, inject, test } from 'vitest';
import { firstLoad } from '../scripts/first-load.mjs';
import { browserOfThisFile, untilPhase, untilShown } from './browser.ts';

const open = browserOfThisFile();

const BUDGET_BYTES = 150_000;

function built(path: string): string {
  return readFileSync(join(inject('pageFolder'), path), 'utf8');
}

describe('delivery', () => {
  test('all scripts up to the first result fit the budget, the chart comes later', () => {
    const scripts = firstLoad(inject('pageFolder'));
    const bytes = scripts.map((path) => gzipSync(built(path)).length).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
    const drawing = readdirSync(join(inject('pageFolder'), 'assets'))
      .map((file) => `assets/${file}`)
      .filter((path) => path.endsWith('.js') && built(path).includes('getDatasetMeta'));
    expect(drawing.length).toBeGreaterThan(0);
    expect(scripts.filter((path) => drawing.includes(path))).toEqual([]);
  });

  test('the first result waits for no reader of YAML; what does not load later is said', async () => {
    const page = await open({ prepare: (fresh) => fresh.route(/text-reader/, (route) => route.abort()) });
    await untilPhase(page, 'done');
    await page.fill('[name="random_seed"]', '7');
    await untilPhase(page, 'broken');
    await page.getByText('the simulator broke').waitFor();
  });

  test('nothing leaves the origin and nothing is complained about', async () => {
    const requests: string[] = [];
    const complaints: string[] = [];
    const page = await open({
      prepare(fresh) {
        fresh.on('request', (request) => requests.push(request.url()));
        fresh.on('console', (message) => complaints.push(message.text()));
        fresh.on('pageerror', (error) => complaints.push(error.message));
      },
    });
    await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
    await page.selectOption('[name=scenario]', 'heavy-load');
    await untilShown(page, 'heavy-load.yaml');
    expect(complaints).toEqual([]);
    expect(requests.length).toBeGreaterThan(3);
    const origin = new URL(inject('pageUrl')).origin;
    expect(requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith('data:'))).toEqual([]);
  });

  test('the content security policy holds: no inline script, no foreign host', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    const blocked = await page.evaluate(async () => {
      const directives: string[] = [];
      const told = new Promise<void>((done) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          if (directives.push(event.effectiveDirective) === 2) done();
        });
      });
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken"';
      document.head.append(script);
      await fetch('https://example.invalid/').catch(() => {});
      await told;
      return directives;
    });
    expect(blocked).toEqual(['script-src-elem', 'connect-src']);
    expect(await page.title()).toBe('llmsim');
  });
});
