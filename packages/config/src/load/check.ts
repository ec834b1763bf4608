/**
 * Plain values → a valid configuration, or every finding. Knows no places.
 */
import * as z from 'zod';
import { hardwareFindings } from '../hardware/cluster-hardware.ts';
import { type Checked, type Finding, unplaced } from '../problem.ts';
import { fileSchema, type ScenarioConfig, settled } from '../schema/scenario.ts';
import { explain } from './explain.ts';

/** Plain values that were checked, or what is wrong with them. */
export type CheckedValues =
  | { readonly ok: true; readonly config: ScenarioConfig }
  | { readonly ok: false; readonly findings: readonly Finding[] };

export function checkValues(written: unknown): CheckedValues {
  const parsed = z.safeParse(fileSchema, written);
  if (parsed.success) {
    const config = settled(parsed.data);
    const findings = hardwareFindings(config);
    return findings.length === 0 ? { ok: true, config } : { ok: false, findings };
  }
  const findings = parsed.error.issues.flatMap((issue) => explain(issue, fileSchema, written));
  return { ok: false, findings: withoutThoseOfMerges(findings) };
}

/** Where a merge key is not read, nobody knows what its mapping holds. */
function withoutThoseOfMerges(findings: readonly Finding[]): readonly Finding[] {
  const merging = findings
    .filter(({ path }) => path.length > 1 && path.at(-1) === '<<')
    .map(({ path }) => path.slice(0, -1));
  return findings.filter(
    ({ path }) =>
      path.at(-1) === '<<' || !merging.some((mapping) => mapping.every((key, depth) => path[depth] === key)),
  );
}

/**
 * Checks a configuration that is already a value, such as one from a form or a result file.
 *
 * @example
 * const checked = checkConfig({ mode: 'mono', cluster_mono: { num_gpus: 8 } });
 * if (checked.ok) checked.config.cluster_mono; // { model: 'token_rate', num_gpus: 8, … }
 */
export function checkConfig(value: unknown): Checked<{ config: ScenarioConfig }> {
  const checked = checkValues(value);
  return checked.ok ? checked : { ok: false, problems: checked.findings.map(unplaced) };
}

/** The configuration of an empty file: every default. */
export function defaultConfig(): ScenarioConfig {
  return settled(fileSchema.parse({}));
}
