/**
 * What a scenario says that is allowed and changes nothing: said beside what replaces it, or without what it needs.
 * Knows no places.
 */
import { keepsPrefixes } from '../prefixes.ts';
import type { Finding } from '../problem.ts';
import type { ScenarioConfig } from '../schema/scenario.ts';
import type { Field, Fields } from './fields.ts';

/** Each as a finding at its key, to be shown as a warning. */
export function withoutEffect(config: ScenarioConfig, fields: Fields): Finding[] {
  return [...unusedBesideTrace(config, fields), ...prefixesOfNobody(config)];
}

/** Prompts whose lengths are drawn have no text, so no two of them begin alike. */
function prefixesOfNobody(config: ScenarioConfig): Finding[] {
  if (config.trace !== undefined || !keepsPrefixes(config)) return [];
  const path = config.mode === 'mono' ? ['cluster_mono', 'replica'] : ['cluster_disagg', 'prefill_replica'];
  const message = 'enable_prefix_caching has no effect: prompts that are drawn share no prefix';
  const fix = 'Replay a trace with hash ids, or remove it.';
  return [{ path: [...path, 'enable_prefix_caching'], message, fix, at: 'key' }];
}

/**
 * A trace replaces the distributions: those written beside it have no effect, and we say so. A trace brought by a
 * flag replaces those of the file on purpose, but not what another flag says of them.
 */
function unusedBesideTrace(config: ScenarioConfig, fields: Fields): Finding[] {
  if (config.trace === undefined) return [];
  const onPurpose = fields.get('trace')?.value.kind === 'flag';
  return ['arrival', 'prompt_tokens', 'output_tokens'].flatMap((key) => {
    const field = fields.get(key);
    const flagged = field === undefined ? null : flaggedPath(field, [key]);
    if (field === undefined || (onPurpose && flagged === null)) return [];
    const path = flagged ?? [key];
    const message = `${path.join('.')} has no effect: the trace gives arrivals and lengths`;
    const fix =
      flagged !== null && key === 'arrival'
        ? 'Write trace.time_scale instead: 0.5 doubles the load.'
        : `Remove ${path.join('.')}, or remove the trace.`;
    return [{ path, message, fix, at: 'key' }];
  });
}

/** The path of what a flag wrote at `path` or below; null when none did. */
function flaggedPath(field: Field, path: readonly string[]): readonly string[] | null {
  if (field.key.kind === 'flag' && field.fields === null) return path;
  for (const [key, member] of field.fields ?? []) {
    const found = flaggedPath(member, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}
