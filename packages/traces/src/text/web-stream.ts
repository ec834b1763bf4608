/**
 * A web ReadableStream → something to iterate over, also in browsers whose streams are not iterable.
 * Knows no text.
 */

/** The part of a web `ReadableStream` of bytes that is needed to read it. */
export interface ReadableWebStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
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
export async function* webStreamChunks(stream: ReadableWebStream): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      finished = done;
      if (done || value === undefined) return;
      yield value;
    }
  } finally {
    if (!finished) await reader.cancel();
    reader.releaseLock();
  }
}
