import { rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface Rolldown {
  rolldown(options: object): Promise<{ write(options: object): Promise<unknown>; close(): Promise<void> }>;
}

const api = new URL('../../api/', import.meta.url);

/** The embedded engine's worker as a bundle. */
export const WORKER_FILE = new URL('dist/embedded-worker.js', api);

/** Makes `WORKER_FILE` from the source as it is now. */
export async function bundleWorker(): Promise<void> {
  // The engine reads its own files from beside itself and stays outside.
  await bundle(fileURLToPath(new URL('src/db/embedded-worker.ts', api)), fileURLToPath(WORKER_FILE), [
    /^@electric-sql\//,
  ]);
}

/** Makes one file of a program, to run it in a process of its own: Node runs no TypeScript. */
export async function bundle(input: string, file: string, external: readonly RegExp[]): Promise<void> {
  // The bundler is a dependency of api alone.
  const found = createRequire(new URL('package.json', api)).resolve('rolldown');
  const { rolldown } = (await import(pathToFileURL(found).href)) as Rolldown;
  const made = await rolldown({ input, platform: 'node', external, logLevel: 'silent' });
  // Renamed into place, as another run may be starting it at this moment.
  const draft = `${file}.${process.pid}.mjs`;
  await made.write({ file: draft, format: 'esm', codeSplitting: false });
  await made.close();
  await rename(draft, file);
}
