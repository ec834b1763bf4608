// Makes sure the browser tests have a Chromium; says on stderr what it does.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromiumPath } from './chromium.mjs';

/** @returns {boolean} whether a Chromium is there now */
export function ensureChromium() {
  if (chromiumPath() !== undefined) return true;
  if (process.env.CHROMIUM_PATH) {
    console.error(`CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which does not exist.`);
    return false;
  }
  const isDebian = existsSync('/etc/debian_version');
  if (isDebian && process.getuid?.() === 0) {
    console.error('The browser tests need Chromium: installing the Debian package chromium with apt-get.');
    const installed = apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium');
    if (installed && chromiumPath() !== undefined) return true;
    console.error('apt-get did not bring a Chromium.');
  }
  console.error(
    [
      'The browser tests need Chromium or Chrome. Install it, then run this again:',
      '  Debian, Ubuntu  sudo apt-get install --no-install-recommends chromium',
      '  Fedora          sudo dnf install chromium',
      '  macOS           brew install --cask google-chrome',
      'Or name the executable of one that is installed in CHROMIUM_PATH.',
    ].join('\n'),
  );
  return false;
}

/** @param {string[]} args */
function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // apt's output goes to stderr, beside ours.
  return spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 2, 2] }).status === 0;
}

if (import.meta.filename === process.argv[1]) process.exitCode = ensureChromium() ? 0 : 1;
