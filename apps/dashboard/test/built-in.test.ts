/** The scenario that is checked while the page is built is the one that reading its text gives. */
import { loadScenario } from '@llmsim/config';
import { Simulation } from '@llmsim/engine';
import { expect, test } from 'vitest';
import { builtIn } from '../src/sim/built-in.ts';
import { prepare } from '../src/sim/prepare.ts';
import { prepareText } from '../src/sim/prepare-text.ts';
import { scenarioText } from './reference.ts';

const text = scenarioText('example');
const cell = { file: 'example.yaml', text, set: [], trace: null };

test('it says what its file says, to the letter and for nothing else', () => {
  const loaded = loadScenario(text);
  expect(loaded.ok && loaded.scenario.config).toEqual(builtIn(cell));
  expect(builtIn({ ...cell, text: `${text}\n` })).toBeNull();
  expect(builtIn({ ...cell, set: ['random_seed=7'] })).toBeNull();
});

test('its run is the one that reading gives', async () => {
  const reports = [await prepare(cell), await prepareText(cell, false)].map((prepared) => {
    if (!prepared.ok) throw new Error('The scenario does not run');
    return new Simulation(prepared.plan).run().report;
  });
  expect(reports[0]?.outcomes.arrivals).toBeGreaterThan(1000);
  expect(reports[0]).toEqual(reports[1]);
});
