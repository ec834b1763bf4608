/**
 * The `slo` mapping: targets that a request should meet.
 */
import * as z from 'zod';
import { positive } from './quantities.ts';

export const sloSchema = z.strictObject({
  ttft_s: positive()
    .optional()
    .meta({ description: 'Longest acceptable time to first token, seconds.', examples: [0.5] }),
  tpot_s: positive()
    .optional()
    .meta({
      description: 'Longest acceptable mean time per output token after the first, seconds.',
      examples: [0.05],
    }),
});
