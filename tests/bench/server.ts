/**
 * The server that is measured: database, app and address as `api/src/server.ts` puts them together, at a fixed time and
 * with a cache of answers of a given size. Ends with its standard input.
 */
import { fileURLToPath } from 'node:url';
import { createService } from '@wangge/api/app';
import { openDatabase } from '@wangge/api/db/open';
import { addDesks } from '@wangge/api/desks';
import { listen } from '@wangge/api/listen';
import { Hono } from 'hono';
import { pino } from 'pino';

export interface ServerOptions {
  readonly databaseUrl: string;
  /** ISO; what the server takes for now. */
  readonly now: string;
  /** Bytes of answers that are kept; 0 makes each anew. The usual size where it is left out. */
  readonly bodyBytes?: number;
}

const { databaseUrl, now, bodyBytes } = JSON.parse(process.argv[2] ?? '') as ServerOptions;
const root = fileURLToPath(new URL('../../../', import.meta.url));

const db = await openDatabase({ databaseUrl, listenUrl: databaseUrl, migrations: `${root}migrations` });
const service = createService({
  db,
  clock: () => new Date(now),
  mapApprovalNo: null,
  log: pino({ level: 'error' }, pino.destination({ fd: 2, sync: true })),
  ...(bodyBytes === undefined ? {} : { bodyBytes }),
});
const unfollow = service.follow();
const app = new Hono();
addDesks(app, `${root}web/dist`);
app.all('*', (c) => service.app.fetch(c.req.raw, c.env as object));
const listening = await listen((request, env) => app.fetch(request, env as never), {
  host: '127.0.0.1',
  port: 0,
});
// As the server does before it invites anyone: what it answers from is in memory.
const health = await app.request(`${listening.url}/healthz`);
if (!health.ok) throw new Error(await health.text());
console.log(listening.url);

process.stdin.on('end', async () => {
  await unfollow();
  await listening.close(0);
  await db.close();
  process.exit(0);
});
process.stdin.resume();
