/**
 * A scenario in the address of the page: JSON, deflated, in base64url behind the #. Knows no scenario's rules.
 * A link may be old, cut or made by somebody who means harm: reading one never throws and never grows without end.
 */
import { LINK_KEY, type SharedScenario } from '@llmsim/config';

export type ReadLink =
  | { readonly kind: 'none' }
  | { readonly kind: 'shared'; readonly shared: SharedScenario }
  | { readonly kind: 'damaged'; readonly message: string };

/** Longest text that a link may unfold into, bytes: more than any scenario. */
const MOST_BYTES = 300_000;

/** The fragment of an address that shows the same, with its #. */
export async function linkFragment(shared: SharedScenario): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(shared));
  const deflated = new Blob([json]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return `#${LINK_KEY}${toBase64Url(new Uint8Array(await new Response(deflated).arrayBuffer()))}`;
}

/** What the fragment of an address says, with or without its #. */
export async function readLink(fragment: string): Promise<ReadLink> {
  const code = fragment.replace(/^#/, '');
  if (code === '') return { kind: 'none' };
  if (!code.startsWith(LINK_KEY)) return damaged('it was not made by this version of the page');
  try {
    const shared: unknown = JSON.parse(await inflated(fromBase64Url(code.slice(LINK_KEY.length))));
    return isShared(shared) ? { kind: 'shared', shared } : damaged('it does not carry a scenario');
  } catch (error) {
    return damaged(error instanceof RangeError ? error.message : 'it is incomplete or was changed');
  }
}

function damaged(reason: string): ReadLink {
  return {
    kind: 'damaged',
    message: `The link could not be read: ${reason}. The page shows its own scenario instead.`,
  };
}

/** @throws RangeError once it grows beyond any scenario. */
async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > MOST_BYTES) {
      await reader.cancel();
      throw new RangeError('it is larger than any scenario');
    }
    text += decoder.decode(value, { stream: true });
  }
}

function isShared(value: unknown): value is SharedScenario {
  if (typeof value !== 'object' || value === null) return false;
  const isText = (key: string): boolean => typeof Reflect.get(value, key) === 'string';
  return ['file', 'text', 'view'].every(isText) && (!('trace' in value) || isText('trace'));
}

function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(code: string): Uint8Array<ArrayBuffer> {
  const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
