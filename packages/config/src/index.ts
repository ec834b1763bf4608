/** Scenario files: YAML text → valid configuration → simulation plan. */
export { type CompileOptions, compile } from './compile.ts';
export { type DistributionEcho, echoOf, logSpaceOf } from './distributions.ts';
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
export { type Checked, formatProblem, type Problem } from './problem.ts';
export { toYaml, type YamlOptions } from './scenario-text.ts';
export { type ScenarioTitle, scenarioTitle } from './scenarios.ts';
export type { Arrival } from './schema/arrival.ts';
export type { TokenDistribution } from './schema/distribution.ts';
export type { Link } from './schema/link.ts';
export type { ScenarioConfig, ScenarioInput } from './schema/scenario.ts';
export type { DisaggTokenRate, MonoTokenRate } from './schema/token-rate.ts';
export { TRACE_FORMATS, type TraceReference } from './schema/trace.ts';
export { checkSize, estimate, type SizeEstimate, type SizeOptions } from './size.ts';
