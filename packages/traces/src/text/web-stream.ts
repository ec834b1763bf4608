/**
 * A web ReadableStream → something to iterate over, also in browsers whose streams are not iterable.
 * Knows no bytes.
 */

/** The part of a web `ReadableStream` that is needed to read it. */
export interface ReadableWebStream<Chunk> {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Chunk | undefined }>;
    cancel(): Promise<void>;
    releaseLock(): void;
  };
}

/**
 * The chunks of a web stream, such as `file.stream()` or `response.body`. Leaving the loop early cancels the stream.
 *
 * @example
 * const result = await readTrace(webStreamChunks(file.stream()), { file: file.name });
 */
export async function* webStreamChunks<Chunk>(stream: ReadableWebStream<Chunk>): AsyncGenerator<Chunk> {
  const reader = stream.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) {
        finished = done;
        return;
      }
      yield value;
    }
  } finally {
    if (!finished) await reader.cancel();
    reader.releaseLock();
  }
}
