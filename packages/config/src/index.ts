/** Scenario files: YAML text → valid configuration → simulation plan. */
export { assignmentsBetween } from './assignments-between.ts';
export { type CompileOptions, compile } from './compile.ts';
export { type DistributionEcho, echoOf, logSpaceOf } from './distributions.ts';
export { editText } from './edit-text.ts';
export { gigabytes } from './hardware/bytes.ts';
export { clusterHardware, type PoolHardware } from './hardware/cluster-hardware.ts';
export { type Gpu, gpus } from './hardware/gpus.ts';
export { type KvMemory, type KvMemoryOptions, kvMemory } from './hardware/kv-memory.ts';
export type { MeasuredStepTime } from './hardware/measured.ts';
export { type Model, models, type Precision } from './hardware/models.ts';
export { presets } from './hardware/presets.ts';
export type { ReplicaHardware } from './hardware/replica-hardware.ts';
export { type JsonSchema, jsonSchema } from './json-schema.ts';
export { checkConfig, defaultConfig } from './load/check.ts';
export type { Field, Fields, Origin } from './load/fields.ts';
export { type LoadOptions, loadScenario, locate, type Scenario } from './load/load-scenario.ts';
export {
  type LogSpace,
  logSpaceFromMeanStd,
  logSpaceFromP50P90,
  meanStdFromLogSpace,
  type P50P90,
  p50P90FromLogSpace,
  type RealMeanStd,
  Z90,
} from './lognormal.ts';
export { nearest } from './nearest.ts';
export { type OriginOfValue, origins } from './origins.ts';
export { type MeanLengths, type PoolLoad, poolLoads } from './pool-loads.ts';
export { keepsPrefixes } from './prefixes.ts';
export { type Checked, formatProblem, type Problem } from './problem.ts';
export { toYaml, type YamlOptions } from './scenario-text.ts';
export { type ScenarioTitle, scenarioTitle } from './scenarios.ts';
export type { Arrival } from './schema/arrival.ts';
export { hasAutoWarmUp, type WarmupSeconds } from './schema/auto-warm-up.ts';
export type { TokenDistribution } from './schema/distribution.ts';
export type { Link } from './schema/link.ts';
export type { ReplicaConfig } from './schema/replica.ts';
export type { ScenarioConfig, ScenarioInput } from './schema/scenario.ts';
export type { DisaggSteps, MonoSteps } from './schema/steps.ts';
export type { DisaggTokenRate, MonoTokenRate } from './schema/token-rate.ts';
export { TRACE_FORMATS, type TraceReference } from './schema/trace.ts';
export {
  GIVEN_FOLDER,
  LINK_KEY,
  MOST_SCENARIO_CHARACTERS,
  MOST_TRACE_BYTES,
  type SharedScenario,
} from './shared-scenario.ts';
export { shellWord } from './shell-word.ts';
export { checkSize, estimate, type SizeEstimate, type SizeOptions } from './size.ts';
export { fromVllmServe, type ServedConfig, type ServeOptions } from './vllm/from-serve.ts';
