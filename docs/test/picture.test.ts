/** The README's picture shows what the program prints now. `pnpm test --project docs -u` draws it anew. */
import { expect, test } from 'vitest';
import { drawing, picture } from '../../scripts/readme-picture.mjs';

test('the picture is the output of llmsim run', async () => {
  await expect(drawing()).toMatchFileSnapshot(picture);
});
