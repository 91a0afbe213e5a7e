import { rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface Rolldown {
  rolldown(options: object): Promise<{ write(options: object): Promise<unknown>; close(): Promise<void> }>;
}

const api = new URL('../../api/', import.meta.url);

/** `api/dist/embedded-worker.js`, from the source as it is now. */
export async function bundleWorker(): Promise<void> {
  // The bundler is a dependency of api alone.
  const found = createRequire(new URL('package.json', api)).resolve('rolldown');
  const { rolldown } = (await import(pathToFileURL(found).href)) as Rolldown;
  const bundle = await rolldown({
    input: fileURLToPath(new URL('src/db/embedded-worker.ts', api)),
    platform: 'node',
    external: [/^@electric-sql\//, /^postgres-array$/],
  });
  const file = fileURLToPath(new URL('dist/embedded-worker.js', api));
  const draft = `${file}.${process.pid}.js`;
  await bundle.write({ file: draft, format: 'esm', codeSplitting: false });
  await bundle.close();
  await rename(draft, file);
}
