/**
 * What a `.json` file holds, which anybody may have written: the scenario of a run, or the document of any other result.
 * Knows no file and no page.
 */
import { ownPart, type ResultDocument, storedDocument, versionProblem } from '@llmsim/analysis';
import { MOST_SCENARIO_CHARACTERS } from '@llmsim/config';
import { version } from '../../package.json';
import type { ReadResult } from './protocol.ts';

/** More than a page draws without a long wait. */
const MOST = { panels: 60, cells: 30_000, points: 200_000, lines: 500 };

/** Never throws. All packages have one version, the page's own. */
export function readResult(text: string): ReadResult {
  const own = ownPart(parsed(text));
  if (own === null) return refused('it is not a result that llmsim wrote.');
  if (own.document === undefined) {
    const { config, config_hash } = own;
    // JSON is YAML.
    if (config === undefined || config_hash === undefined)
      return refused('it is not a result that llmsim wrote.');
    const scenario = JSON.stringify(config, null, 2);
    return scenario.length > MOST_SCENARIO_CHARACTERS
      ? refused('its config is larger than any scenario.')
      : { kind: 'scenario', text: scenario };
  }
  const foreign = versionProblem(own.version, version);
  if (foreign !== null) return refused(sentence(foreign));
  const { document, problem } = storedDocument(own.document);
  if (document === null) return refused(sentence(problem));
  const obstacle = unshowable(document);
  return obstacle === null ? { kind: 'document', document } : refused(obstacle);
}

/** Why a page cannot draw it, null when it can. */
function unshowable({ answer, origin, charts, tables }: ResultDocument): string | null {
  const ids = [...charts, ...tables].map(({ id }) => id);
  if (new Set(ids).size < ids.length) return 'its document is damaged: two of its parts have one id.';
  if (ids.some((id) => !/^[\w.-]+$/.test(id))) return 'its document is damaged: an id is none.';
  const cells = tables.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0);
  const uneven = tables.some(({ rows, columns }) => rows.some((row) => row.length !== columns.length));
  if (uneven) return 'its document is damaged: a row has more or fewer cells than its table has columns.';
  const points = charts.reduce((sum, chart) => {
    switch (chart.kind) {
      case 'bars':
        return sum + 100 * chart.bars.length;
      case 'heatmap':
        return sum + 20 * chart.cells.reduce((all, row) => all + row.length, 0);
      default:
        return sum + chart.series.reduce((all, series) => all + series.points.length, 0);
    }
  }, 0);
  const lines = answer.length + origin.length;
  const tooMuch =
    ids.length > MOST.panels || cells > MOST.cells || points > MOST.points || lines > MOST.lines;
  return tooMuch ? 'it holds more than a page draws. llmsim report makes a page of it.' : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(reason: string): ReadResult {
  return { kind: 'refused', reason };
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
