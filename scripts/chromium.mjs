// Where the system's Chromium is and how tests start it. Knows nothing of pages or of installing.
import { existsSync } from 'node:fs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Flags for a browser that runs unattended, also as root in a container, and calls nobody. */
export const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of Chromium or Chrome: `CHROMIUM_PATH` when it is set, else the first of the usual places.
 *
 * @returns {string | undefined} undefined when none is there
 */
export function chromiumPath() {
  const named = process.env.CHROMIUM_PATH;
  return (named ? [named] : usualPlaces).find((path) => existsSync(path));
}
