/**
 * The names of the lines across a chart as one entry of its legend: they all look alike, so that a sign for each would
 * tell nothing apart. Knows no chart.
 */

/** `SLO 500 ms · mono: knee 9.58 req/s, SLO up to 9.83 req/s`: what comes before a colon is said once. */
export function lineNames(labels: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const label of labels) {
    const colon = label.indexOf(': ');
    // A name of its own is its own group.
    const of = colon < 0 ? label : label.slice(0, colon);
    const said = colon < 0 ? [] : [label.slice(colon + 2)];
    groups.set(of, [...(groups.get(of) ?? []), ...said]);
  }
  return [...groups].map(([of, said]) => (said.length === 0 ? of : `${of}: ${said.join(', ')}`)).join(' · ');
}
