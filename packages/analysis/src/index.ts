/**
 * The public names of the analysis package.
 *
 * @packageDocumentation
 */
export { type BatchMeans, batchMeans } from './interval/batch-means.ts';
export { type MeanInterval, meanInterval } from './interval/mean-interval.ts';
export {
  type Reading,
  type Replication,
  readInterval,
  replicate,
  replications,
} from './interval/replicate.ts';
export { tQuantile } from './interval/student-t.ts';
export { erlangB, erlangC } from './queueing/erlang.ts';
export { allenCunneen, type Gg1Queue, type GgcQueue, kingman } from './queueing/ggc.ts';
export { type Mg1Queue, md1, mg1 } from './queueing/mg1.ts';
export { mm1, type PoissonArrivals } from './queueing/mm1.ts';
export { type MmcQueue, mmc, mmcWaitingExceeds, mmcWaitingQuantile } from './queueing/mmc.ts';
export type { QueueMeans } from './queueing/queue-means.ts';
export { type TandemMeans, type TandemStage, tandem } from './queueing/tandem.ts';
