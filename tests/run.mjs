/**
 * `npm test`: all that must never break, from a bare machine on. Node ≥ 20.19 and npm are enough to begin with; packages,
 * and on Debian as root the system's packages too, are installed first. Ends with one line, `N passed, N failed`, over the
 * type checks, the lint and every test; a skipped test counts as failed. Plain node:, as nothing is installed yet.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { check, finish, giveUp, suite } from './harness/steps.mjs';
import { checkNode, FOR_TESTS, installSystem } from './harness/system.mjs';
import { ROOT, title } from './harness/terminal.mjs';

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

for (const part of ['geodata', 'api', 'web', 'tests']) {
  await check(`type check: ${part}`, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', part]);
}
await check('lint', [join(ROOT, 'node_modules/@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']);
await suite('unit tests', 'unit');
await suite('API on both engines', 'api');
await suite('proofs, in short', 'prove');
if (readdirSync(join(ROOT, 'tests/browser')).some((name) => name.endsWith('.test.ts')))
  await suite('browser', 'browser');
finish();
