/**
 * A document as reality would write it: outputs from running its commands and snippets, included files as they are,
 * generated parts from their generators. A true document comes out unchanged.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generators } from '../../generate/generators.ts';
import { root } from './documents.ts';
import type { CodeBlock, Document } from './markdown.ts';
import type { Workplace } from './shell.ts';
import { programsOf, runProgram } from './snippets.ts';

export async function rewritten(document: Document, workplace: Workplace): Promise<string> {
  const outputs = outputsOf(document, workplace);
  const edits = document.blocks.flatMap((block) => {
    const { lang, meta, after, from, to } = block;
    if (meta.startsWith('file=')) return [{ from, to, text: fileText(meta.slice('file='.length)) }];
    const output = lang === 'text' && after !== null ? outputs.get(after) : undefined;
    return output === undefined ? [] : [{ from, to, text: ended(output) }];
  });
  let { text } = document;
  for (const { from, to, text: by } of edits.reverse()) text = text.slice(0, from) + by + text.slice(to);
  return generated(text);
}

/** Runs everything that can run, in the order of the document. */
function outputsOf({ path, blocks }: Document, workplace: Workplace): Map<CodeBlock, string> {
  const outputs = new Map<CodeBlock, string>();
  for (const block of blocks) {
    const { lang, meta, code, line } = block;
    if (lang === 'yaml' && meta !== '') workplace.write(meta, `${code}\n`);
    if (lang === 'sh' && meta !== 'not-run') {
      const { code: status, output, errors } = workplace.run(code);
      if (status !== 0) throw new Error(`${path}:${line} ended with ${status}:\n${errors}${output}`);
      outputs.set(block, output);
    }
  }
  for (const program of programsOf(blocks)) {
    for (const [block, output] of runProgram(program, workplace.folder)) outputs.set(block, output);
  }
  return outputs;
}

function fileText(path: string): string {
  return ended(readFileSync(resolve(root, path), 'utf8'));
}

const GENERATED = /(<!-- generated: ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g;

async function generated(text: string): Promise<string> {
  const parts = new Map<string, string>();
  for (const [, , name = ''] of text.matchAll(GENERATED)) {
    const generate = generators.get(name);
    if (generate === undefined) throw new Error(`There is no generator named ${name}`);
    parts.set(name, await generate());
  }
  return text.replace(
    GENERATED,
    (_, open, name, close) => `${open}\n${ended(parts.get(name) ?? '')}\n${close}`,
  );
}

function ended(text: string): string {
  return text.replace(/\s*$/, text.trim() === '' ? '' : '\n');
}
