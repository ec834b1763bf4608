/**
 * A canvas context that writes down what is drawn on it as SVG. d3-path turns its path calls into path data; text
 * stays text. It has what chart.js calls for charts of lines, bars and cells, and no gradients, images or shadows.
 * Knows no chart.
 */
import { type Path, pathRound } from 'd3-path';
import { textWidth } from './text-width.ts';
import { xmlAttributes, xmlText } from './xml.ts';

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** Where text hangs on its y, as shares of the font size below the baseline. */
const BASELINES: Readonly<Record<string, number>> = { top: 0.8, hanging: 0.8, middle: 0.35, bottom: -0.2 };
const ANCHORS: Readonly<Record<string, string>> = { center: 'middle', right: 'end', end: 'end' };

/** What `save` keeps, with the values that a canvas starts with. */
class State {
  fillStyle = '#000000';
  strokeStyle = '#000000';
  lineWidth = 1;
  lineCap = 'butt';
  lineJoin = 'miter';
  lineDashOffset = 0;
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign = 'start';
  textBaseline = 'alphabetic';
  dashes: readonly number[] = [];
  matrix: Matrix = IDENTITY;
  clips: readonly string[] = [];
}

export class SvgContext extends State {
  readonly canvas: object;
  readonly #id: string;
  readonly #elements: string[] = [];
  readonly #saved: State[] = [];
  #path: Path = pathRound(2);
  #clips = 0;

  /** `id` starts the names inside the SVG, so that several fit on one page. */
  constructor(width: number, height: number, id: string) {
    super();
    this.#id = id;
    this.canvas = { width, height, style: {}, getContext: () => this };
  }

  /** What was drawn, as elements. */
  get elements(): string {
    return this.#elements.join('\n');
  }

  save(): void {
    this.#saved.push(Object.assign(new State(), this.#state()));
  }

  restore(): void {
    Object.assign(this, this.#saved.pop());
  }

  translate(x: number, y: number): void {
    this.#transform([1, 0, 0, 1, x, y]);
  }

  rotate(angle: number): void {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    this.#transform([cos, sin, -sin, cos, 0, 0]);
  }

  setTransform(...matrix: Matrix): void {
    this.matrix = matrix;
  }

  resetTransform(): void {
    this.matrix = IDENTITY;
  }

  setLineDash(dashes: readonly number[]): void {
    this.dashes = [...dashes];
  }

  beginPath(): void {
    this.#path = pathRound(2);
  }

  closePath(): void {
    this.#path.closePath();
  }

  moveTo(x: number, y: number): void {
    this.#path.moveTo(x, y);
  }

  lineTo(x: number, y: number): void {
    this.#path.lineTo(x, y);
  }

  bezierCurveTo(...points: Parameters<Path['bezierCurveTo']>): void {
    this.#path.bezierCurveTo(...points);
  }

  arc(...circle: Parameters<Path['arc']>): void {
    this.#path.arc(...circle);
  }

  rect(...box: Parameters<Path['rect']>): void {
    this.#path.rect(...box);
  }

  fill(rule?: 'nonzero' | 'evenodd'): void {
    this.#draw(this.#path, { fill: this.fillStyle, 'fill-rule': rule === 'evenodd' ? rule : undefined });
  }

  stroke(): void {
    if (this.lineWidth > 0) this.#draw(this.#path, { fill: 'none', ...this.#stroke() });
  }

  fillRect(...box: Parameters<Path['rect']>): void {
    const path = pathRound(2);
    path.rect(...box);
    this.#draw(path, { fill: this.fillStyle });
  }

  /** An SVG starts empty, and nothing is drawn twice. */
  clearRect(): void {}

  clip(): void {
    const id = `${this.#id}-clip-${this.#clips++}`;
    const within = xmlAttributes({ id, 'clip-path': this.clips.at(-1) });
    const shape = xmlAttributes({ d: this.#path.toString(), transform: this.#placed() });
    this.#elements.push(`<clipPath${within}><path${shape}/></clipPath>`);
    this.clips = [...this.clips, `url(#${id})`];
  }

  measureText(text: string): { readonly width: number } {
    return { width: textWidth(text, this.#fontSize()) };
  }

  fillText(text: string, x: number, y: number): void {
    const size = this.#fontSize();
    const attributes = xmlAttributes({
      x,
      y: y + (BASELINES[this.textBaseline] ?? 0) * size,
      'font-size': size,
      'font-weight': /\b(bold|[6-9]00)\b/.exec(this.font)?.[1],
      'text-anchor': ANCHORS[this.textAlign],
      fill: this.fillStyle,
      ...this.#surroundings(),
    });
    // Never clipped: who opens the file may have a wider font than the one that was measured.
    this.#elements.push(`<text${attributes}>${xmlText(text)}</text>`);
  }

  #state(): State {
    const { fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, lineDashOffset, globalAlpha } = this;
    const { font, textAlign, textBaseline, dashes, matrix, clips } = this;
    return {
      ...{ fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, lineDashOffset, globalAlpha },
      ...{ font, textAlign, textBaseline, dashes, matrix, clips },
    };
  }

  #draw(path: Path, paint: Readonly<Record<string, string | number | undefined>>): void {
    const d = path.toString();
    if (d === '') return;
    this.#add(`<path${xmlAttributes({ d, ...paint, ...this.#surroundings() })}/>`);
  }

  /** A clip on an element would be moved by the transformation of the element, so it stands around it. */
  #add(element: string): void {
    const clip = this.clips.at(-1);
    this.#elements.push(
      clip === undefined ? element : `<g${xmlAttributes({ 'clip-path': clip })}>${element}</g>`,
    );
  }

  #stroke(): Readonly<Record<string, string | number | undefined>> {
    const dashed = this.dashes.length > 0;
    return {
      stroke: this.strokeStyle,
      'stroke-width': this.lineWidth,
      'stroke-linecap': this.lineCap === 'butt' ? undefined : this.lineCap,
      'stroke-linejoin': this.lineJoin === 'miter' ? undefined : this.lineJoin,
      'stroke-dasharray': dashed ? this.dashes.join(' ') : undefined,
      'stroke-dashoffset': dashed && this.lineDashOffset !== 0 ? this.lineDashOffset : undefined,
    };
  }

  #surroundings(): Readonly<Record<string, string | number | undefined>> {
    return {
      opacity: this.globalAlpha === 1 ? undefined : this.globalAlpha,
      transform: this.#placed(),
    };
  }

  #placed(): string | undefined {
    const plain = this.matrix.every((value, index) => value === IDENTITY[index]);
    return plain ? undefined : `matrix(${this.matrix.map((value) => Number(value.toFixed(4))).join(' ')})`;
  }

  #fontSize(): number {
    return Number(/([\d.]+)px/.exec(this.font)?.[1] ?? 10);
  }

  #transform([a, b, c, d, e, f]: Matrix): void {
    const [A, B, C, D, E, F] = this.matrix;
    this.matrix = [
      ...([A * a + C * b, B * a + D * b, A * c + C * d, B * c + D * d] as const),
      ...([A * e + C * f + E, B * e + D * f + F] as const),
    ];
  }
}
