/**
 * The heaps of a page and of its workers over the DevTools protocol, and what they hold by kind. Knows no page.
 */
import type { CDPSession } from 'playwright-core';

/** Bytes of one heap. */
export interface Held {
  /** Values of JavaScript: objects, arrays, strings, closures. */
  readonly objects: number;
  /** Compiled code with its feedback. */
  readonly code: number;
  /** The browser's own: elements, styles, records of performance. */
  readonly native: number;
}

/** One heap: sends it a command, or reads a snapshot of it. */
export interface Isolate {
  readonly send: (method: 'HeapProfiler.enable' | 'HeapProfiler.collectGarbage') => Promise<unknown>;
  readonly snapshot: () => Promise<string>;
}

export async function held({ send, snapshot }: Isolate): Promise<Held> {
  await send('HeapProfiler.enable');
  // What the first collection finalises, the second one frees.
  await send('HeapProfiler.collectGarbage');
  await send('HeapProfiler.collectGarbage');
  return byKind(await snapshot());
}

interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
}

function byKind(text: string): Held {
  const { snapshot, nodes } = JSON.parse(text) as HeapSnapshot;
  const { node_fields, node_types } = snapshot.meta;
  const [type, size] = [node_fields.indexOf('type'), node_fields.indexOf('self_size')];
  const bytes = { objects: 0, code: 0, native: 0 };
  for (let at = 0; at < nodes.length; at += node_fields.length) {
    const name = node_types[0][nodes[at + type] ?? 0];
    bytes[name === 'code' || name === 'native' ? name : 'objects'] += nodes[at + size] ?? 0;
  }
  return bytes;
}

export function overSession(session: CDPSession): Isolate {
  return {
    send: (method) => session.send(method),
    async snapshot() {
      const chunks: string[] = [];
      const take = ({ chunk }: { chunk: string }): void => void chunks.push(chunk);
      session.on('HeapProfiler.addHeapSnapshotChunk', take);
      await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
      session.off('HeapProfiler.addHeapSnapshotChunk', take);
      return chunks.join('');
    },
  };
}

/** The page's workers, now and later: their messages come wrapped in those of the page. */
export async function workersOf(session: CDPSession): Promise<ReadonlySet<Isolate>> {
  const isolates = new Set<Isolate>();
  const answers = new Map<number, () => void>();
  const chunks = new Map<string, string[]>();
  let calls = 0;
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    const send = (method: string, params: object = {}): Promise<void> =>
      new Promise((resolve) => {
        const id = ++calls;
        answers.set(id, resolve);
        const message = JSON.stringify({ id, method, params });
        void session.send('Target.sendMessageToTarget', { sessionId, message });
      });
    const snapshot = async (): Promise<string> => {
      chunks.set(sessionId, []);
      await send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
      return chunks.get(sessionId)?.join('') ?? '';
    };
    isolates.add({ send, snapshot });
  });
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    const { id, method, params } = JSON.parse(message) as {
      id?: number;
      method?: string;
      params?: { chunk?: string };
    };
    if (id !== undefined) answers.get(id)?.();
    if (method === 'HeapProfiler.addHeapSnapshotChunk') chunks.get(sessionId)?.push(params?.chunk ?? '');
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  return isolates;
}
