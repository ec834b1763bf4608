/**
 * One value of a file changed in its text; the rest stays as it was written, comments included. Knows no schema.
 */
import { type Document, isMap, isNode, isScalar, parseDocument, stringify } from 'yaml';

/**
 * The text with the value at `path` (`a.b.c`) replaced, or written where it was not; null when the text is not a
 * mapping in YAML, or something that is no mapping stands in the way.
 *
 * @example
 * editText('arrival: {rate_per_s: 2} # as in March\n', 'arrival.rate_per_s', 3);
 * // 'arrival: {rate_per_s: 3} # as in March\n'
 */
export function editText(text: string, path: string, value: string | number | boolean): string | null {
  const keys = path.split('.');
  const document = parseDocument(text, { schema: 'core', resolveKnownTags: false, stringKeys: true });
  if (document.errors.length > 0) return null;
  if (!(document.contents === null || isMap(document.contents) || isNothing(document.contents))) return null;
  const written = document.getIn(keys, true);
  if (isScalar(written) && written.range && !isNothing(written)) {
    const [from, to] = written.range;
    return text.slice(0, from) + inFlow(value) + text.slice(to);
  }
  return isMap(written) ? null : withNew(document, keys, value);
}

function withNew(
  document: Document.Parsed,
  keys: readonly string[],
  value: string | number | boolean,
): string | null {
  // The nearest parent that is a mapping takes the rest of the path as new mappings.
  for (let depth = keys.length - 1; depth >= 0; depth--) {
    const parent = depth === 0 ? document.contents : document.getIn(keys.slice(0, depth), true);
    if (parent !== undefined && !isNothing(parent) && !isMap(parent)) return null;
    if (!isMap(parent) && depth > 0) continue;
    const member = keys.slice(depth + 1).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    if (isMap(parent)) parent.set(keys[depth] ?? '', document.createNode(member));
    else document.set(keys[0] ?? '', document.createNode(member));
    break;
  }
  return document.toString({ lineWidth: 0 });
}

/** A key without a value, such as `slo:`. */
function isNothing(node: unknown): boolean {
  return node === null || (isNode(node) && isScalar(node) && node.value === null);
}

/** A scalar as it stands within { }, where commas and brackets need quotes. */
function inFlow(value: string | number | boolean): string {
  return stringify([value], { collectionStyle: 'flow', flowCollectionPadding: false }).trim().slice(1, -1);
}
