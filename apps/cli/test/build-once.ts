/** Before all tests of the program: bundles it, so that tests run what users run. */
import { bundle } from '../build.mjs';

export async function setup(): Promise<void> {
  await bundle();
}
