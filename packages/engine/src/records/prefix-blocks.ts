/**
 * Which blocks of tokens each prompt starts with: equal ids stand for equal blocks with equal blocks before them.
 * The ids of row i are `ids[offsets[i]]` up to, not including, `ids[offsets[i + 1]]`; the k-th of them covers the
 * tokens from k · block_size of the prompt on.
 */
export interface PrefixBlocks {
  /** Tokens in a block; the last block of a prompt may hold fewer. */
  readonly block_size: number;
  /** One more than there are rows. */
  readonly offsets: Int32Array;
  readonly ids: Int32Array;
}
