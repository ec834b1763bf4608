/**
 * Bytes or strings, cut anywhere → text in pieces of bounded size. Knows no lines.
 */

/** The contents of a file in pieces, as Node streams and web streams yield them. */
export type TraceChunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** Declared here because the package is compiled without Node's types and the DOM's; both have it. */
declare const TextDecoder: new (
  label: 'utf-8',
) => { decode(bytes?: Uint8Array, options?: { stream: boolean }): string };

/** A whole file in one piece is still read piece by piece: memory holds columns, not text. */
const PIECE = 65_536;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Decodes UTF-8; a byte order mark is dropped, a byte that is not UTF-8 becomes U+FFFD.
 * The concatenated text does not depend on where the input was cut.
 */
export async function* decoded(chunks: TraceChunks): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let started = false;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += PIECE) {
      let text: string;
      if (typeof chunk === 'string') {
        text = chunk.slice(from, from + PIECE);
        if (!started && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
      } else {
        text = decoder.decode(chunk.subarray(from, from + PIECE), { stream: true });
      }
      started = true;
      if (text !== '') yield text;
    }
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
