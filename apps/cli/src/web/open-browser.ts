/** Opens an address in the user's browser where the system has a way to. Knows no page. */
import { spawn } from 'node:child_process';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Whoever has no opener reads the address on standard output. */
export function openBrowser(url: string): void {
  const [command, ...words] = OPENERS[process.platform] ?? ['xdg-open'];
  spawn(command, [...words, url], { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref();
}
