/**
 * The public names of the engine.
 *
 * @packageDocumentation
 */
export type { Architecture, Site } from './architectures/architecture.ts';
export {
  type BatchedDisaggregatedCluster,
  type BatchedMonolithicCluster,
  batchedDisaggregated,
  batchedMonolithic,
} from './architectures/batched.ts';
export { type DisaggregatedCluster, disaggregated } from './architectures/disaggregated.ts';
export { type MonolithicCluster, monolithic } from './architectures/monolithic.ts';
export type { PoolState, RequestEvent, SimulationEvents } from './events/simulation-events.ts';
export { HistogramSample } from './metrics/histogram-sample.ts';
export { HISTOGRAM_RELATIVE_ERROR } from './metrics/log-buckets.ts';
export { quantile } from './metrics/quantile.ts';
export type { QuantileMethod } from './metrics/quantile-method.ts';
export { summarize } from './metrics/summarize.ts';
export type {
  ClosedLoopWorkload,
  GeneratedWorkload,
  ReplayWorkload,
  SimulationPlan,
  Slo,
  Workload,
} from './plan.ts';
export { type QueueOrder, shortestPromptFirst, type WaitingRequest } from './policies/queue-order.ts';
export {
  leastOutstanding,
  leastTokens,
  powerOfTwo,
  prefixRouting,
  type ReplicaView,
  type RoutedRequest,
  type RoutingOptions,
  type RoutingPolicy,
  randomRouting,
  roundRobin,
  sessionRouting,
} from './policies/routing.ts';
export type { GpuPool, GpuPoolSpec } from './pool/gpu-pool.ts';
export { type Station, servedBy } from './pool/served-by.ts';
export { decodeWork, prefillAndDecodeWork, prefillWork, type Work } from './pool/work.ts';
export type { Distribution, Inversion, Sampler, Uniform } from './random/distribution.ts';
export { constant, exponential, gamma, lognormal, tokens, uniformTokens } from './random/laws.ts';
export { exp, ln } from './random/portable-math.ts';
export { uniformStream } from './random/streams.ts';
export type { PrefixBlocks } from './records/prefix-blocks.ts';
export { OUTCOMES, type Outcome, type RequestLog } from './records/request-log.ts';
export type { RequestSlot, RequestTable } from './records/request-table.ts';
export { batchedBy } from './replica/batched-by.ts';
export type { HostLink } from './replica/host-memory.ts';
export type { KvReuse } from './replica/kv-reuse.ts';
export type { ChunkWatcher } from './replica/prompt-chunks.ts';
export type { ReplicaPool, ReplicaPoolSpec } from './replica/replica-pool.ts';
export type { ReplicaSpec, ReplicaStage } from './replica/replica-spec.ts';
export type { StepTime } from './replica/step-time.ts';
export type {
  BatchingReport,
  LinkReport,
  Outcomes,
  PoolReport,
  PoolTimeline,
  SimulationReport,
  SimulationResult,
  SloReport,
  Summary,
  TtftBreakdown,
  TtftParts,
  Verdict,
} from './result.ts';
export type { RunSite } from './run-site.ts';
export { type CancelSignal, type Progress, Simulation, simulate } from './simulation.ts';
export { Phase } from './time/phases.ts';
export { VirtualClock } from './time/virtual-clock.ts';
export { type KvLink, type NicSpeeds, transferSeconds } from './transfer/kv-link.ts';
export { maxMinRates } from './transfer/max-min.ts';
export { betweenPools, type TransferEnds } from './transfer/transfer-ends.ts';
export { transferredOver } from './transfer/transferred-over.ts';
