/**
 * `npm run bench`: ratios against the database itself and peers, measured turn by turn in one run, so that noise hits both
 * sides. Ends with exit code 1 where a ratio misses its target or two answers that are compared differ.
 *
 *     npm run bench                    everything
 *     npm run bench -- geojson tiles   some groups, by name
 */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode, FOR_BENCH, installSystem } from './harness/system.mjs';
import { ROOT, run, title } from './harness/terminal.mjs';

const DIST = join(ROOT, 'tests/bench/dist');

/** Node runs no TypeScript. Playwright finds its own files from beside itself and stays outside. */
async function bundle(name) {
  const found = createRequire(join(ROOT, 'api/package.json')).resolve('rolldown');
  const { rolldown } = await import(pathToFileURL(found).href);
  const input = join(ROOT, 'tests/bench', `${name}.ts`);
  const made = await rolldown({
    input,
    platform: 'node',
    external: ['playwright-core', 'pg-native'],
    logLevel: 'silent',
  });
  await made.write({ file: join(DIST, `${name}.mjs`), format: 'esm', codeSplitting: false });
  await made.close();
}

try {
  checkNode();
  const { install } = await import('../api/launch/install.mjs');
  await install();
  await installSystem(FOR_BENCH);
  title('building');
  const { build } = await import('../api/launch/build.mjs');
  await build({ web: true });
  mkdirSync(DIST, { recursive: true });
  for (const name of ['main', 'server', 'listeners']) await bundle(name);
} catch (error) {
  console.error(`\n${error?.name === 'Refusal' ? error.message : (error?.stack ?? error)}\n`);
  process.exit(1);
}
process.exit(await run(process.execPath, [join(DIST, 'main.mjs'), ...process.argv.slice(2)]));
