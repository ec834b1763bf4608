/** What a result was made from, for people and for files. Knows no result. */
import type { Origin } from '@llmsim/analysis';
import type { Written } from '../outputs/document-outputs.ts';
import { configForFile } from '../scenario/config-for-file.ts';
import { configHash } from '../scenario/config-hash.ts';
import { version } from '../version.ts';
import type { PlannedScenario } from './planned-scenario.ts';

export interface Provenance {
  readonly origin: readonly Origin[];
  /** The keys of files in a folder that run again. */
  readonly provenance: (folder: string) => object;
  /** The same for every other format. */
  readonly made_from: Written['made_from'];
}

export function provenanceOf(planned: PlannedScenario): Provenance {
  const { name, config, trace } = planned;
  const config_hash = configHash(config, trace);
  return {
    origin: [
      { label: 'scenario', text: name },
      { label: 'seed', text: String(config.random_seed) },
      { label: 'configuration', text: config_hash.slice(0, 12) },
      { label: 'llmsim', text: version },
    ],
    provenance: (folder) => ({
      config_hash,
      seed: config.random_seed,
      config: configForFile(planned, folder),
    }),
    made_from: (folder) => [
      { name, config_hash, seed: config.random_seed, config: configForFile(planned, folder) },
    ],
  };
}
