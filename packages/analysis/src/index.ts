/**
 * The public names of the analysis package.
 *
 * @packageDocumentation
 */
export { type CalibrationOptions, calibrate, calibrateInRounds } from './calibration/calibrate.ts';
export {
  type FitError,
  fitStepTime,
  type StepTimeFit,
  type Unidentified,
} from './calibration/fit-step-time.ts';
export type { Coefficient, StepSums } from './calibration/step-sums.ts';
export type { TimedRequest } from './calibration/timeline.ts';
export { ChromeTrace } from './chrome-trace/chrome-trace.ts';
export {
  type ComparedOption,
  type CompareOptions,
  type ComparisonReport,
  compare,
  type FailedRun,
} from './compare/compare.ts';
export {
  comparison,
  type OptionReports,
  type OptionResult,
  type ReadingOverRuns,
} from './compare/comparison.ts';
export type { EmptyRuns } from './compare/empty-runs.ts';
export { type OrderedRuns, type RunOptions, runInOrder } from './compare/run-in-order.ts';
export { type BatchMeans, batchMeans } from './interval/batch-means.ts';
export { type MeanInterval, meanInterval } from './interval/mean-interval.ts';
export { type PairedDifference, pairedDifference } from './interval/paired-difference.ts';
export { isPrecise, type Precision, runsUntilPrecise } from './interval/precision.ts';
export { type QuantileInterval, quantileInterval } from './interval/quantile-interval.ts';
export {
  type Reading,
  type Replication,
  readInterval,
  replicate,
  replications,
} from './interval/replicate.ts';
export { type PreciseReplications, replicateUntil, type UntilPrecise } from './interval/replicate-until.ts';
export { type ReplicationVerdict, verdictOf } from './interval/replication-verdict.ts';
export { tQuantile } from './interval/student-t.ts';
export type { BreakEven } from './planning/break-even.ts';
export {
  type Contest,
  type ContestPoint,
  type ContestRules,
  contest,
} from './planning/crossover.ts';
export { type Decision, type DecisionRule, decide, looksUpTo } from './planning/decide.ts';
export type { Evidence, PoolEvidence } from './planning/evidence.ts';
export type { Examination, Examined } from './planning/examine.ts';
export type { ExaminedCandidate, Standing } from './planning/findings.ts';
export type { Headroom } from './planning/headroom.ts';
export {
  type AxisBreakEven,
  type CrossoverAxis,
  type CrossoverPoint,
  type CrossoverQuestion,
  type CrossoverReport,
  mapCrossover,
} from './planning/map-crossover.ts';
export { NothingJudged } from './planning/nothing-judged.ts';
export { type PlanExamination, planCapacity } from './planning/plan-capacity.ts';
export type {
  CandidateStanding,
  KindReport,
  PlanOption,
  PlanReport,
  UnloadedStanding,
} from './planning/plan-report.ts';
export { examineUnloaded, type PlanQuestion, type UnloadedKinds } from './planning/question.ts';
export type { Reason } from './planning/reason.ts';
export {
  type Candidate,
  type ClusterKind,
  candidateName,
  candidatesOf,
  gpusOf,
  offeredLoads,
  pricePerHour,
  type ServerKind,
} from './planning/space.ts';
export {
  compareSplits,
  type SplitQuestion,
  type SplitReport,
  type SplitResult,
  splitsOf,
} from './planning/splits.ts';
export { clusterTheory, type TheoryCluster } from './queueing/cluster-theory.ts';
export { erlangB, erlangC } from './queueing/erlang.ts';
export { allenCunneen, type Gg1Queue, type GgcQueue, kingman } from './queueing/ggc.ts';
export { type Mg1Queue, md1, mg1 } from './queueing/mg1.ts';
export { mm1, type PoissonArrivals } from './queueing/mm1.ts';
export { type MmcQueue, mmc, mmcWaitingExceeds, mmcWaitingQuantile } from './queueing/mmc.ts';
export type { QueueMeans } from './queueing/queue-means.ts';
export { type TandemMeans, type TandemStage, tandem } from './queueing/tandem.ts';
export { type TheoryStage, type TokenRateTheory, tokenRateTheory } from './queueing/token-rate-theory.ts';
export {
  findReading,
  headlineReadings,
  type NamedReading,
  POOL_READING_KEYS,
  readings,
  ttftPartReadings,
} from './readings.ts';
export { type InProcessOptions, inProcess } from './running/in-process.ts';
export { type CellOutcome, runAll } from './running/run-all.ts';
export type { Runner, RunSignal } from './running/runner.ts';
export type { BootstrapInterval } from './sensitivity/bootstrap.ts';
export { type Evaluate, type Evaluation, evaluateBy, type SeededPoint } from './sensitivity/evaluate.ts';
export type { Factor } from './sensitivity/factors.ts';
export { type ElementaryEffects, type MorrisOptions, morris, type Screening } from './sensitivity/morris.ts';
export { type OneAtATime, oneAtATime, type Swing } from './sensitivity/one-at-a-time.ts';
export { type Decomposition, type SobolIndices, type SobolOptions, sobol } from './sensitivity/sobol.ts';
export { compatible } from './stored/compatible.ts';
export { ownPart, type StoredDocument, storedDocument, versionProblem } from './stored/stored-document.ts';
export { kneeOf } from './sweep/knee.ts';
export { type LargestLoad, type LoadPoint, largestLoad, type Met } from './sweep/largest-load.ts';
export type { PointState, SweepAxis, SweepPoint, SweepQuestion, SweepValue } from './sweep/question.ts';
export type { SweepLine, SweepMetric, SweepReport } from './sweep/report.ts';
export { type SweepRunning, sweep } from './sweep/run-sweep.ts';
export {
  type Answer,
  answer,
  REQUIRED_ATTAINMENT,
  type SloLine,
} from './views/answer.ts';
export { type BarSeries, barSeries } from './views/bar-series.ts';
export { breakdownTable } from './views/breakdown-table.ts';
export type {
  BarChartSpec,
  Chart,
  ChartAxis,
  ChartBar,
  ChartCategories,
  ChartInterval,
  ChartLine,
  ChartPoint,
  ChartSeries,
  ChartSpec,
  HeatmapCell,
  HeatmapSpec,
} from './views/chart-spec.ts';
export { chartTable } from './views/chart-table.ts';
export { type CompareDocumentOptions, compareDocument } from './views/compare-document.ts';
export { crossoverDocument } from './views/crossover-document.ts';
export { type Definition, definitions } from './views/definitions.ts';
export {
  formatBytes,
  formatCount,
  formatPercent,
  formatQuantity,
  formatRate,
  formatSeconds,
  formatTick,
  NO_VALUE,
  type Unit,
} from './views/format.ts';
export { formatDifference, formatEstimate, formatInterval, type Uncertain } from './views/interval-text.ts';
export { latencyTable } from './views/latency-table.ts';
export { linkTable } from './views/link-table.ts';
export { outcomeTable } from './views/outcome-table.ts';
export { planDocument } from './views/plan-document.ts';
export { poolTable } from './views/pool-table.ts';
export { queueTimeline, utilizationTimeline } from './views/pool-timelines.ts';
export { REQUEST_STAGES, type RequestStage, requestStages } from './views/request-stages.ts';
export type { AnswerLine, Origin, ResultDocument } from './views/result-document.ts';
export { type RunsDocumentOptions, runsDocument, sloLines } from './views/runs-document.ts';
export {
  morrisDocument,
  oneAtATimeDocument,
  type SensitivityDocumentOptions,
  sobolDocument,
} from './views/sensitivity-document.ts';
export { paretoChart, sizeHeatmap, smallestPassing } from './views/size-views.ts';
export { splitDocument, splitHeatmap } from './views/split-document.ts';
export { type SweepTargets, sweepCharts } from './views/sweep-charts.ts';
export { type SweepDocumentOptions, sweepDocument } from './views/sweep-document.ts';
export { sweepLimits, sweepPoints } from './views/sweep-tables.ts';
export type { TableCell, TableColumn, TableSpec } from './views/table-spec.ts';
export type {
  BatchTerm,
  LatencyTerm,
  LinkTerm,
  OutcomeTerm,
  PoolTerm,
  RequestStageTerm,
  SloTerm,
  StatisticTerm,
  TermName,
  ThroughputTerm,
  TtftPartTerm,
  VerdictTerm,
  WarmUpTerm,
} from './views/terms.ts';
export { throughputTable } from './views/throughput-table.ts';
export { type NamedResult, ttftCdf } from './views/ttft-cdf.ts';
export { slowestRequests, type WaterfallOptions, waterfall } from './views/waterfall.ts';
export {
  type ChosenWarmUp,
  chosenWarmUp,
  pilotOf,
  withChosenWarmUp,
} from './warmup/chosen-warm-up.ts';
export { mser5, type Truncation } from './warmup/mser5.ts';
export { type WarmUp, warmUp, warmUpOfRun } from './warmup/warm-up.ts';
