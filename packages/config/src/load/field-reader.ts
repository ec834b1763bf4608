/**
 * Nodes of the YAML parser → fields with their places, aliases written out within a budget. Knows no schema.
 */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { type Field, type Fields, LIST, type Origin } from './fields.ts';
import type { Place } from './places.ts';
import { printable } from './shown.ts';

/** Most fields and aliases, and the deepest nesting, of a text that can be a scenario. */
const MOST_FIELDS = 2_000;
const MOST_ALIASES = 100;
const DEEPEST = 16;
const LONGEST_NAME = 60;

/** A mistake that the parser lets pass. */
export interface Mistake extends Place {
  readonly message: string;
  readonly fix: string;
}

/** Reads one document; afterwards `mistakes` holds what was wrong and `exhausted` whether it was given up. */
export class FieldReader {
  readonly mistakes: Mistake[] = [];
  readonly #document: Document.Parsed;
  readonly #place: (offset: number) => Place;
  #fields = 0;
  #aliases = 0;
  #deepest = 0;

  constructor(document: Document.Parsed, place: (offset: number) => Place) {
    this.#document = document;
    this.#place = place;
  }

  get exhausted(): boolean {
    return this.#fields > MOST_FIELDS || this.#aliases > MOST_ALIASES || this.#deepest > DEEPEST;
  }

  mapping(map: YAMLMap, depth = 1): Fields {
    const fields = new Map<string, Field>();
    this.#deepest = Math.max(this.#deepest, depth);
    for (const { key, value } of map.items) {
      this.#fields++;
      if (this.exhausted) break;
      if (!isScalar(key)) continue;
      const name = String(key.value);
      const offset = key.range?.[0] ?? 0;
      if (fields.has(name)) {
        this.#mistake(
          offset,
          `${printable(name, LONGEST_NAME)} is written twice`,
          'Keep one of the two lines.',
        );
      } else fields.set(name, this.#field(value as Node | null, offset, depth));
    }
    return fields;
  }

  #field(node: Node | null, keyOffset: number, depth: number): Field {
    const key = this.#origin(keyOffset);
    // A value left out stands nowhere: its key is the place to look.
    const value = this.#origin(node === null || isLeftOut(node) ? keyOffset : (node.range?.[0] ?? keyOffset));
    const target = isAlias(node) ? this.#target(node) : node;
    if (isMap(target)) {
      return { key, value, scalar: null, list: false, fields: this.mapping(target, depth + 1) };
    }
    if (isSeq(target)) return { key, value, scalar: LIST, list: true, fields: null };
    const scalar = isScalar(target) ? scalarOf(target.value) : null;
    return { key, value, scalar, list: false, fields: null };
  }

  #target(alias: Node & { resolve(document: Document.Parsed): unknown }): unknown {
    this.#aliases++;
    if (this.exhausted) return null;
    const target = alias.resolve(this.#document);
    if (target !== undefined) return target;
    const fix = 'Write the value out, or define &name above *name.';
    this.#mistake(alias.range?.[0] ?? 0, 'the alias has no anchor before it', fix);
    return null;
  }

  #origin(offset: number): Origin {
    return { kind: 'file', ...this.#place(offset) };
  }

  #mistake(offset: number, message: string, fix: string): void {
    this.mistakes.push({ ...this.#place(offset), message, fix });
  }
}

function isLeftOut(node: Node): boolean {
  return isScalar(node) && node.value === null && (node.range?.[0] ?? 0) === (node.range?.[1] ?? 0);
}

function scalarOf(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}
