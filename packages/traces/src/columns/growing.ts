/**
 * A column that grows by doubling. Knows no requests.
 */
type NumberArray = Float64Array | Int32Array;

/** Numbers appended one by one into a typed array, at most twice as large as needed. */
export class GrowingColumn<Values extends NumberArray> {
  #length = 0;
  #values: Values;
  readonly #allocate: (length: number) => Values;

  constructor(allocate: (length: number) => Values) {
    this.#allocate = allocate;
    this.#values = allocate(1024);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#values = this.#copy(2 * this.#length);
    this.#values[this.#length++] = value;
  }

  /** The values so far, in an array of exactly their number. */
  finished(): Values {
    return this.#copy(this.#length);
  }

  #copy(length: number): Values {
    const copy = this.#allocate(length);
    copy.set(this.#values.subarray(0, this.#length));
    return copy;
  }
}
