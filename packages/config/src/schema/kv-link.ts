/**
 * The `link` mapping of the step model: the network between replicas, shared or not, beside prefill or after it.
 */
import * as z from 'zod';
import { linkSchema } from './link.ts';
import { count, positive } from './quantities.ts';
import { rule } from './rule.ts';

const keys = linkSchema.extend({
  bandwidth_bytes_per_s: positive().meta({
    description: 'The most one transfer gets, bytes per second.',
    examples: [25e9],
  }),
  kv_bytes_per_token: positive()
    .optional()
    .meta({
      description:
        'KV cache of one prompt token, bytes; absent: that of the model that prefill_replica names.',
      examples: [131072],
    }),
  sharing: z.enum(['none', 'fair']).default('none').meta({
    description:
      'none: transfers do not slow each other down. fair: they share network cards and fabric, max–min fair.',
  }),
  nic_bytes_per_s: z
    .strictObject({
      prefill: positive()
        .optional()
        .meta({
          description: 'Out of a prefill replica, bytes per second; absent: bandwidth_bytes_per_s.',
          examples: [50e9],
        }),
      decode: positive()
        .optional()
        .meta({
          description: 'Into a decode replica, bytes per second; absent: bandwidth_bytes_per_s.',
          examples: [50e9],
        }),
    })
    .optional()
    .meta({
      description: 'With sharing: fair, what the network card of one replica carries.',
      examples: [{ prefill: 50e9, decode: 50e9 }],
    }),
  fabric_bytes_per_s: positive()
    .optional()
    .meta({
      description: 'With sharing: fair, what all transfers together get, bytes per second; absent: no limit.',
      examples: [100e9],
    }),
  overlap: z.enum(['none', 'layerwise']).default('none').meta({
    description:
      'layerwise: the KV of a layer starts to move when the layer has been computed, not after all of them.',
  }),
  layers: count()
    .optional()
    .meta({
      description:
        'Layers of the model, for overlap: layerwise; absent: those of the model that prefill_replica names.',
      examples: [32],
    }),
  reserve: z.boolean().default(false).meta({
    description: 'A transfer waits until its decode replica has free KV blocks, and holds them.',
  }),
});

type Keys = z.output<typeof keys>;
type OnlyShared = Pick<Keys, 'sharing' | 'nic_bytes_per_s' | 'fabric_bytes_per_s'>;

const sharedOnly: z.core.$ZodCheck<OnlyShared> = rule(
  ['sharing', 'nic_bytes_per_s', 'fabric_bytes_per_s'],
  (link: OnlyShared) => {
    const blame = (['nic_bytes_per_s', 'fabric_bytes_per_s'] as const).find((key) => link[key] !== undefined);
    if (link.sharing === 'fair' || blame === undefined) return null;
    return {
      blame,
      message: `${blame} is what transfers share, and sharing is none`,
      fix: `Write sharing: fair beside it, or remove ${blame}.`,
    };
  },
);

type Layered = Pick<Keys, 'overlap' | 'layers'>;

const layersOverlap: z.core.$ZodCheck<Layered> = rule(
  ['overlap', 'layers'],
  ({ overlap, layers }: Layered) => {
    if (overlap === 'layerwise' || layers === undefined) return null;
    const fix = 'Write overlap: layerwise beside it, or remove layers.';
    return { blame: 'layers', message: 'layers counts with overlap: layerwise only', fix };
  },
);

export const kvLinkSchema = keys.check(sharedOnly, layersOverlap);
