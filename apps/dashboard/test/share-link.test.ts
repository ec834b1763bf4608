/** Links carry a scenario there and back, and no link at all harms the page. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkFragment, readLink } from '../src/state/share-link.ts';
import { browserOfThisFile, cellsOf, untilPhase, untilShown } from './browser.ts';
import { scenarioText } from './reference.ts';

const open = browserOfThisFile();

describe('share links', () => {
  test('carry any text there and back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string({ unit: 'grapheme' }), async (file, text) => {
        const shared = { file, text, view: 'run' };
        expect(await readLink(await linkFragment(shared))).toEqual({ kind: 'shared', shared });
      }),
      { numRuns: 50 },
    );
  });

  test('are short for a scenario of everyday size', async () => {
    const link = await linkFragment({ file: 'example.yaml', text: scenarioText('example'), view: 'run' });
    expect(link.length).toBeLessThan(3000);
  });

  test('that are cut, changed or made up say so', async () => {
    const whole = await linkFragment({ file: 'a.yaml', text: scenarioText('example'), view: 'run' });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string().filter((text) => text.replace(/^#/, '') !== ''),
          fc.nat(whole.length - 8).map((length) => whole.slice(0, length + 4)),
          fc.base64String({ minLength: 4 }).map((code) => `#v1=${code}`),
        ),
        async (fragment) => {
          expect(await readLink(fragment)).toMatchObject({ kind: 'damaged' });
        },
      ),
    );
  });

  test('that would fill the memory are given up', async () => {
    const bomb = await linkFragment({ file: 'a', text: '\n'.repeat(50_000_000), view: 'run' });
    expect(await readLink(bomb)).toEqual({
      kind: 'damaged',
      message: expect.stringContaining('larger than any scenario'),
    });
  });
});

describe('the page', () => {
  test('opens a copied link as the same numbers', async () => {
    const page = await open();
    await page.fill('[name="arrival.rate_per_s"]', '7.5');
    await untilShown(page, '7.50 req/s');
    await page.getByText('Copy link').click();
    await page.waitForFunction(() => location.hash !== '');
    const shown = await cellsOf(page, 'latency');
    const link = page.url();
    const other = await open();
    await untilPhase(other, 'done');
    await other.goto(link);
    await untilShown(other, '7.50 req/s');
    expect(await cellsOf(other, 'latency')).toEqual(shown);
  });

  test('runs its own scenario when the link is damaged, and says so', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    await page.evaluate(() => {
      location.hash = '#v1=%';
    });
    const alert = page.getByRole('alert').getByText('The link could not be read');
    await alert.waitFor();
    await untilPhase(page, 'done');
    await page.fill('[name="arrival.rate_per_s"]', '3');
    await untilShown(page, '3.00 req/s');
    expect(await alert.count()).toBe(0);
  });

  test('shows its own scenario again to those who go back from a link', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    const text = scenarioText('light-load');
    const link = await linkFragment({ file: 'theirs.yaml', text, view: 'run' });
    await page.evaluate((fragment) => {
      location.hash = fragment;
    }, link);
    await untilShown(page, 'theirs.yaml');
    await page.goBack();
    await untilShown(page, 'example.yaml, disagg, 2.00 req/s');
  });
});
