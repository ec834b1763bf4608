/**
 * The kinds of clusters that a scenario offers to a plan: both architectures, on the hardware of the file or on what
 * was listed. Knows no search.
 */

import type { ClusterKind, ServerKind } from '@llmsim/analysis';
import {
  checkConfig,
  clusterHardware,
  type MeanLengths,
  poolLoads,
  type ScenarioConfig,
} from '@llmsim/config';
import { UserError } from '../exit-codes.ts';
import type { Hardware } from './hardware.ts';
import { onHardware } from './hardware.ts';
import { type Prices, readPrices } from './prices.ts';
import { withServers } from './sized-config.ts';

/** A kind with the configuration that its candidates are sizes of. */
export interface OfferedKind {
  readonly kind: ClusterKind;
  readonly config: ScenarioConfig;
}

/** A kind that cannot be built at all. */
export interface Misfit {
  readonly name: string;
  /** One sentence. */
  readonly why: string;
}

export interface Offer {
  readonly offered: readonly OfferedKind[];
  readonly misfits: readonly Misfit[];
}

export interface OfferOptions {
  /** Absent: what the file says. */
  readonly hardware: readonly Hardware[] | null;
  readonly modes: ReadonlyArray<ScenarioConfig['mode']>;
  readonly prices: Prices;
  /** Mean lengths that no request falls below on average, tokens. */
  readonly least_lengths: MeanLengths;
}

/** A replica's step time leaves out what only some steps cost: no load below this share of the estimate is certain. */
const CERTAIN_SHARE = 0.9;

export function offerOf(config: ScenarioConfig, options: OfferOptions): Offer {
  const offered: OfferedKind[] = [];
  const misfits: Misfit[] = [];
  for (const { name, mode, value } of variants(config, options)) {
    const checked = checkConfig(value);
    if (checked.ok)
      offered.push({ kind: kindOf(name, mode, checked.config, options), config: checked.config });
    else misfits.push({ name, why: checked.problems.map(({ message }) => `${message}.`).join(' ') });
  }
  return { offered, misfits };
}

/** The kind of an architecture as the scenario has it. @throws UserError when it cannot be built. */
export function kindOfMode(
  { config, least_lengths }: { readonly config: ScenarioConfig; readonly least_lengths: MeanLengths },
  mode: ScenarioConfig['mode'],
): ClusterKind {
  const { offered, misfits } = offerOf(config, {
    hardware: null,
    modes: [mode],
    prices: readPrices([]),
    least_lengths,
  });
  const [offer] = offered;
  if (offer === undefined) throw new UserError(misfits.map(({ why }) => why).join('\n'));
  return offer.kind;
}

interface Variant {
  readonly name: string;
  readonly mode: ScenarioConfig['mode'];
  readonly value: object;
}

/** Each architecture on each hardware; disaggregated also with one hardware for prefill and another for decode. */
function variants(config: ScenarioConfig, { hardware, modes }: OfferOptions): Variant[] {
  if (hardware === null) {
    return modes.map((mode) => ({ name: mode, mode, value: { ...config, mode } }));
  }
  const found: Variant[] = [];
  for (const mode of modes) {
    for (const first of hardware) {
      const seconds = mode === 'mono' ? [first] : hardware.filter(({ model }) => model === first.model);
      for (const second of seconds) {
        const where = first === second ? first.name : `${first.name} + ${second.name}`;
        found.push({
          name: `${mode} on ${where}`,
          mode,
          value: { ...onHardware(config, first, second), mode },
        });
      }
    }
  }
  return found;
}

function kindOf(
  name: string,
  mode: ScenarioConfig['mode'],
  config: ScenarioConfig,
  { prices, least_lengths }: OfferOptions,
): ClusterKind {
  const one = withServers(config, mode, [1, 1]);
  const hardware = new Map(clusterHardware(one).map((pool) => [pool.pool, pool]));
  const pools = poolLoads(one, 1, least_lengths).map(({ pool, server, gpus, service_s }): ServerKind => {
    const on = hardware.get(pool)?.gpu ?? null;
    return {
      pool,
      gpus,
      hardware: on,
      least_service_s: server === 'GPU' ? service_s : CERTAIN_SHARE * service_s,
      price_per_hour: prices.of(on, gpus),
    };
  });
  return { name, mode, pools };
}
