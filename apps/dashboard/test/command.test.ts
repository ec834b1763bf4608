/** The command line that runs the same as the page. */
import { loadScenario } from '@llmsim/config';
import { describe, expect, test } from 'vitest';
import { commandOf } from '../src/sim/command.ts';
import { browserOfThisFile, untilPhase, untilShown } from './browser.ts';
import { scenarioText } from './reference.ts';

const open = browserOfThisFile();

function configOf(text: string) {
  const loaded = loadScenario(text);
  if (!loaded.ok) throw new Error('The scenario is not valid');
  return loaded.scenario.config;
}

describe('commandOf', () => {
  test('names what was opened and what was changed since', async () => {
    const base = { name: 'example', text: scenarioText('example') };
    expect(await commandOf(base, base.text, configOf(base.text))).toBe('llmsim run example');
    const changed = base.text.replace('rate_per_s: 2.0', 'rate_per_s: 7.5');
    expect(await commandOf(base, changed, configOf(changed))).toBe(
      'llmsim run example --set arrival.rate_per_s=7.5',
    );
  });

  test('quotes for the shell, and hands over a text without a name', async () => {
    const base = { name: "my file's.yaml", text: 'mode: mono' };
    expect(await commandOf(base, base.text, configOf(base.text))).toBe("llmsim run 'my file'\\''s.yaml'");
    expect(await commandOf(null, 'mode: mono\n', configOf('mode: mono'))).toBe(
      "llmsim run - <<'YAML'\nmode: mono\nYAML",
    );
  });
});

test('the page copies it, or shows it where there is no clipboard', async () => {
  const page = await open({
    prepare: (fresh) =>
      fresh.addInitScript(() => {
        Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject() } });
      }),
  });
  await untilPhase(page, 'done');
  await page.fill('[name="arrival.rate_per_s"]', '7.5');
  await untilShown(page, '7.50 req/s');
  await page.getByText('Copy as CLI command').click();
  expect(await page.getByRole('textbox', { name: 'Copy as CLI command' }).inputValue()).toBe(
    'llmsim run example --set arrival.rate_per_s=7.5',
  );
});
