/**
 * Where a cursor stands in a YAML text: the keys around it, and whether a key or a value is being written.
 * Reads indentation and { } only, so that it works on a text that is not finished. Knows no schema and no editor.
 */

export interface CursorContext {
  /** The keys of the mapping that the cursor is in, from the root. */
  readonly path: readonly string[];
  /** The key whose value is being written, null where a key is. */
  readonly key: string | null;
  /** Keys of the same mapping with what stands behind them. */
  readonly siblings: ReadonlyMap<string, string>;
  /** Where the word under the cursor starts, an offset into the text. */
  readonly from: number;
}

const MEMBER = /^\s*([\w-]+)\s*:(?:\s+(.*?))?\s*$/;

/** Null within a comment. */
export function cursorContext(text: string, cursor: number): CursorContext | null {
  const lineStart = text.lastIndexOf('\n', cursor - 1) + 1;
  const written = text.slice(lineStart, cursor);
  if (/(^|\s)#/.test(written)) return null;
  const from = cursor - (/[^\s{},:]*$/.exec(written)?.[0].length ?? 0);
  const lines = text.split('\n');
  const row = text.slice(0, lineStart).split('\n').length - 1;
  const flow = openMappings(written);
  const indent = /^ */.exec(written)?.[0].length ?? 0;
  const block = parentsOf(lines, row, indent);
  const inner = flow.at(-1);
  if (inner === undefined) {
    const member = MEMBER.exec(written);
    return {
      path: block,
      key: member?.[1] ?? null,
      siblings: blockSiblings(lines, row, indent),
      from,
    };
  }
  const members = inner.text.split(',').map((part) => MEMBER.exec(part));
  return {
    path: [...block, ...flow.map(({ key }) => key)],
    key: members.at(-1)?.[1] ?? null,
    siblings: new Map(members.slice(0, -1).map((member) => [member?.[1] ?? '', member?.[2] ?? ''])),
    from,
  };
}

interface OpenMapping {
  /** The key in front of the {. */
  readonly key: string;
  /** What stands behind the { on the line, closed mappings left out. */
  text: string;
}

function openMappings(written: string): OpenMapping[] {
  const open: OpenMapping[] = [];
  let outside = '';
  for (const character of written) {
    const inner = open.at(-1);
    if (character === '{') {
      const before = inner?.text ?? outside;
      open.push({ key: /([\w-]+)\s*:\s*$/.exec(before)?.[1] ?? '', text: '' });
    } else if (character === '}') open.pop();
    else if (inner === undefined) outside += character;
    else inner.text += character;
  }
  return open;
}

/** The keys above a line that are indented less, outermost first. */
function parentsOf(lines: readonly string[], row: number, indent: number): string[] {
  const parents: string[] = [];
  let least = indent;
  for (let above = row - 1; above >= 0 && least > 0; above--) {
    const line = lines[above] ?? '';
    const key = /^( *)([\w-]+)\s*:/.exec(line);
    const depth = key?.[1]?.length ?? Number.POSITIVE_INFINITY;
    if (depth >= least) continue;
    parents.unshift(key?.[2] ?? '');
    least = depth;
  }
  return parents;
}

/** The members of the mapping of a line: as far up and down as no line is indented less. */
function blockSiblings(lines: readonly string[], row: number, indent: number): Map<string, string> {
  const siblings = new Map<string, string>();
  for (const step of [-1, 1]) {
    for (let at = row + step; at >= 0 && at < lines.length; at += step) {
      const line = lines[at] ?? '';
      if (/^\s*(#|$)/.test(line)) continue;
      const depth = /^ */.exec(line)?.[0].length ?? 0;
      if (depth < indent) break;
      const member = depth === indent ? /^\s*([\w-]+)\s*:\s*([^#]*?)\s*(#.*)?$/.exec(line) : null;
      if (member?.[1] !== undefined) siblings.set(member[1], member[2] ?? '');
    }
  }
  return siblings;
}
