/**
 * What the tests read of a Markdown document: its blocks of code in order, its links, its headings.
 * Knows no shell and no TypeScript.
 */
import { readFileSync } from 'node:fs';
import GithubSlugger from 'github-slugger';
import { fromMarkdown } from 'mdast-util-from-markdown';

type Node = ReturnType<typeof fromMarkdown>['children'][number];

/** A fenced block: ```` ```lang meta ````. */
export interface CodeBlock {
  readonly lang: string;
  /** What follows the language on the opening fence. */
  readonly meta: string;
  readonly code: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** The code between the fences, as a range of the document. */
  readonly from: number;
  readonly to: number;
  /** The block that comes directly before this one, nothing between them. */
  readonly after: CodeBlock | null;
}

interface Link {
  readonly url: string;
  readonly line: number;
}

export interface Document {
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly CodeBlock[];
  readonly links: readonly Link[];
  /** The fragments that links may name. */
  readonly anchors: ReadonlySet<string>;
}

export function readDocument(path: string): Document {
  const text = readFileSync(path, 'utf8');
  const slugger = new GithubSlugger();
  const blocks: CodeBlock[] = [];
  const links: Link[] = [];
  const anchors = new Set<string>();

  const visit = (node: Node, before: CodeBlock | null): CodeBlock | null => {
    const line = node.position?.start.line ?? 0;
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
      links.push({ url: node.url, line });
    }
    if (node.type === 'html') for (const url of htmlLinks(node.value)) links.push({ url, line });
    if (node.type === 'heading') anchors.add(slugger.slug(plainText(node)));
    if (node.type === 'code') {
      const block = codeBlock(node, text, before);
      blocks.push(block);
      return block;
    }
    if ('children' in node) visitAll(node.children);
    return null;
  };
  const visitAll = (nodes: readonly Node[]): void => {
    let before: CodeBlock | null = null;
    for (const node of nodes) before = visit(node, before);
  };
  visitAll(fromMarkdown(text).children);
  return { path, text, blocks, links, anchors };
}

type Code = Extract<Node, { type: 'code' }>;

function codeBlock(node: Code, text: string, after: CodeBlock | null): CodeBlock {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  const from = text.indexOf('\n', start) + 1;
  return {
    lang: node.lang ?? '',
    meta: node.meta ?? '',
    code: node.value,
    line: node.position?.start.line ?? 0,
    from,
    to: Math.max(from, text.lastIndexOf('\n', end - 1) + 1),
    after,
  };
}

function plainText(node: Node): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(plainText).join('') : '';
}

function htmlLinks(html: string): string[] {
  return [...html.matchAll(/(?:src|srcset|href)="([^"]+)"/g)].map(([, url = '']) => url);
}
