/**
 * What the API and browser suites need once a run: the embedded engine's worker as a bundle (Node runs no TypeScript, nor
 * does a worker under vitest), a PostgreSQL, and templates. All of it is made when a test first asks, and gone at the end.
 */
import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Engine } from '@wangge/api/db/database';
import type { TestProject } from 'vitest/node';
import { bundleWorker } from './bundle.ts';
import { type Cluster, startOrTakeCluster } from './cluster.ts';
import { type Fixture, type Place, Templates } from './templates.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Socket on which the run's process makes and throws away databases. */
    harness: string;
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const temporary = await mkdtemp(join(tmpdir(), 'wangge-test-'));
  // The server runs as another user where the tests run as root.
  await chmod(temporary, 0o755);
  const sweep = (): void => rmSync(temporary, { recursive: true, force: true });
  // Also after Ctrl-C: vitest then ends without a teardown, and without these handlers without the event `exit`.
  process.once('exit', sweep);
  const leave = (): never => process.exit(130);
  for (const signal of SIGNALS) process.once(signal, leave);

  await bundleWorker();
  let cluster: Promise<Cluster> | null = null;
  const templates = new Templates(temporary, async () => {
    cluster ??= startOrTakeCluster(join(temporary, 'postgres'));
    return (await cluster).url;
  });

  const server = createServer((request, response) => {
    const answer = async (): Promise<string> => {
      const body = JSON.parse(await text(request)) as unknown;
      if (request.url === '/discard') return JSON.stringify(await templates.discard(body as Place)) ?? '';
      const { engine, fixture } = body as { engine: Engine; fixture: Fixture };
      return JSON.stringify(await templates.copy(engine, fixture));
    };
    answer().then(
      (body) => response.end(body),
      (error: Error) => response.writeHead(500).end(error.stack),
    );
  });
  const socket = join(temporary, 'harness.sock');
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  project.provide('harness', socket);

  return async () => {
    server.close();
    server.closeAllConnections();
    await templates.clear();
    await (await cluster)?.stop();
    for (const signal of SIGNALS) process.off(signal, leave);
    process.off('exit', sweep);
    sweep();
  };
}
