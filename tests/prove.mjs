/**
 * `npm run prove`: the long proofs of `tests/prove` at their full counts, and the desk behind a network that breaks for a
 * full minute; `npm test` runs the same files in short.
 */
import { finish, giveUp, suite } from './harness/steps.mjs';
import { checkNode, FOR_TESTS, installSystem } from './harness/system.mjs';
import { title } from './harness/terminal.mjs';

try {
  checkNode();
  const { install } = await import('../api/launch/install.mjs');
  await install();
  await installSystem(FOR_TESTS);
  title('building');
  const { build } = await import('../api/launch/build.mjs');
  await build({ web: true });
} catch (error) {
  giveUp(error);
}
const FULL = { WANGGE_TEST_LENGTH: 'full' };
await suite('proofs, at full length', 'prove', FULL);
await suite('the live desk, at full length', 'browser', FULL, ['tests/browser/live.test.ts']);
finish();
