/**
 * Bundles the API for Node, which runs no `.ts`: `node api/launch/bundle.mjs`. Packages of api/package.json stay outside
 * (they resolve from api/node_modules); geodata and what it uses are taken in, as api cannot resolve geodata's packages.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { ROOT } from './digest.mjs';

const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'api', 'package.json'), 'utf8'));
const outside = Object.keys(dependencies).filter((name) => !name.startsWith('@wangge/'));

for (const [name, source] of [
  ['server', 'server.ts'],
  ['embedded-worker', 'db/embedded-worker.ts'],
]) {
  const input = join(ROOT, 'api', 'src', source);
  if (!existsSync(input)) throw new Error(`${input} is missing`);
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: (id) => outside.some((known) => id === known || id.startsWith(`${known}/`)),
    checks: { circularDependency: true },
  });
  // Moved into place whole: a process that starts meanwhile must not read half a file.
  const draft = join(ROOT, 'api', 'dist', `draft-${process.pid}`);
  await bundle.write({ file: join(draft, `${name}.js`), format: 'esm', sourcemap: true, codeSplitting: false });
  await bundle.close();
  for (const file of readdirSync(draft)) renameSync(join(draft, file), join(draft, '..', file));
  rmSync(draft, { recursive: true });
}
