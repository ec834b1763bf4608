/**
 * Serves a folder of files to this machine alone: those that lay in it at the start, and those it is given besides. Knows no
 * page.
 */
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';

const HOST = '127.0.0.1';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.jsonl': 'application/x-ndjson',
  '.md': 'text/markdown; charset=utf-8',
};

export interface PageServer {
  /** Where `index.html` is, with a slash at its end. */
  readonly url: string;
  close(): void;
}

/** A file from elsewhere. */
export interface GivenFile {
  /** Where it is served, from the root, as browsers ask for it. */
  readonly at: string;
  readonly path: string;
}

/** Listens on a free port. A path is looked up whole in the list of files, so none leads out of the folder. */
export async function servePage(folder: string, given: readonly GivenFile[] = []): Promise<PageServer> {
  const files = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [`/${name.split(sep).join('/')}`, join(folder, name)]),
  );
  for (const { at, path } of given) files.set(at, path);
  const server = createServer((request, response) => {
    // A name of somebody else's that leads here would let his page read what is served.
    if (request.headers.host !== host()) response.writeHead(421).end();
    else answer(request, response, files);
  });
  const host = (): string => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port');
    return `${HOST}:${address.port}`;
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, HOST, resolve);
  });
  return {
    url: `http://${host()}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(
  { method, url = '/' }: IncomingMessage,
  response: ServerResponse,
  files: ReadonlyMap<string, string>,
): void {
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const [path = '/'] = url.split('?');
  const file = files.get(path === '/' ? '/index.html' : path);
  if (file === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    // The next start may serve another version on the same port.
    'cache-control': 'no-store',
  });
  if (method === 'HEAD') response.end();
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
}
