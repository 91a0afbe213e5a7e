/**
 * The embedded engine, in a thread of its own: PGlite computes synchronously and would otherwise stop the event loop, and
 * only a thread can be cut off when a statement runs away. Bundled to `api/dist/embedded-worker.js`, as Node 20 runs no
 * TypeScript.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type messages, PGlite, protocol } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { rowsOfTag } from './command-tag.ts';
import { CHANNEL } from './database.ts';
import type { Answer, Refusal, Reply, Request, WorkerOptions } from './embedded-protocol.ts';
import { fromText } from './values.ts';

type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];

const { serialize } = protocol;
if (!parentPort) throw new Error('runs as a worker thread only');
const port = parentPort;

class StatementFailed extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

/** C++ exceptions of GEOS that nothing in the engine has caught, since it was opened. */
interface ExceptionCounter {
  ___cxa_uncaught_exceptions(): number;
}

async function open({ dataDir }: WorkerOptions): Promise<PGlite> {
  const pg = await PGlite.create({ dataDir, extensions: { postgis } });
  // As the server sets them for its sessions: the text format of both is then the same.
  await pg.exec(`SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; LISTEN ${CHANNEL}`);
  return pg;
}

/** A notification came since the last answer. */
let heard = false;

async function send(pg: PGlite, ...parts: Uint8Array[]): Promise<Message[]> {
  const replies = await pg.execProtocolStream(new Uint8Array(Buffer.concat(parts)), {
    syncToFs: false,
    throwOnError: false,
  });
  if (replies.some(({ name }) => name === 'notification')) heard = true;
  return replies;
}

/**
 * One statement by the extended protocol.
 *
 * PGlite reports some failures as an empty success: a GEOS exception leaves WebAssembly unseen by PostgreSQL, which then
 * commits what was done so far. Three signs give it away: no command tag, the tag `???`, or — where an inner frame went on
 * as if nothing had happened, e.g. with `SELECT 0` — the count of exceptions that nobody caught. Sync commits, so it is
 * sent only after the verdict, and after a deliberate error where the statement failed in silence: that makes PostgreSQL
 * abort the transaction by its own ordinary path.
 */
async function execute(pg: PGlite, text: string, params: readonly (string | null)[]): Promise<Outcome> {
  const exceptions = pg.Module as unknown as ExceptionCounter;
  const uncaught = exceptions.___cxa_uncaught_exceptions();
  const replies = await send(
    pg,
    serialize.parse({ text }),
    serialize.bind({ values: [...params] }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    serialize.flush(),
  );
  const escaped = exceptions.___cxa_uncaught_exceptions() !== uncaught;
  const failure = replies.find((reply): reply is messages.DatabaseError => reply.name === 'error');
  const complete = replies.find((reply): reply is messages.CommandCompleteMessage => reply.name === 'commandComplete');
  const tag = complete?.text ?? (replies.some(({ name }) => name === 'emptyQuery') ? 'EMPTY' : '');
  const silent = !failure && (escaped || !/^[A-Z]/.test(tag));
  if (silent) await send(pg, serialize.parse({ text: 'the statement before this one failed' }));
  const ready = (await send(pg, serialize.sync())).some(({ name }) => name === 'readyForQuery');

  if (failure) {
    throw new StatementFailed({ message: failure.message, code: failure.code ?? null, broken: !ready });
  }
  if (silent) {
    throw new StatementFailed({
      message:
        'the geometry engine failed on this statement (GEOS exception); check the geometries with ST_IsValid first',
      code: 'XX000',
      // Without a GEOS exception the engine stopped for a reason that is not known, e.g. for want of memory.
      broken: !escaped || !ready,
    });
  }
  return {
    rows: rowsOf(replies),
    affected: rowsOfTag(tag),
    tag,
  };
}

function rowsOf(replies: readonly Message[]): Record<string, unknown>[] {
  const description = replies.find((reply): reply is messages.RowDescriptionMessage => reply.name === 'rowDescription');
  if (!description) return [];
  const { fields } = description;
  const rows: Record<string, unknown>[] = [];
  for (const reply of replies) {
    if (reply.name !== 'dataRow') continue;
    const row: Record<string, unknown> = {};
    (reply as messages.DataRowMessage).fields.forEach((value, i) => {
      const field = fields[i];
      if (field) row[field.name] = fromText(field.dataTypeID, value);
    });
    rows.push(row);
  }
  return rows;
}

async function copyIn(pg: PGlite, target: string, bytes: Uint8Array<ArrayBuffer>): Promise<Outcome> {
  await pg._handleBlob(new Blob([bytes]));
  try {
    return await execute(pg, `COPY ${target} FROM '/dev/blob'`, []);
  } finally {
    await pg._cleanupBlob();
  }
}

async function copyOut(pg: PGlite, query: string, format: 'binary' | 'text'): Promise<Outcome> {
  await pg._getWrittenBlob(); // What a copy that failed half way has left there.
  const answer = await execute(pg, `COPY (${query}) TO '/dev/blob' (FORMAT ${format})`, []);
  const blob = await pg._getWrittenBlob();
  return { ...answer, bytes: new Uint8Array(blob ? await blob.arrayBuffer() : new ArrayBuffer(0)) };
}

async function outcome(pg: PGlite, request: Request): Promise<Outcome> {
  switch (request.op) {
    case 'statement':
      return await execute(pg, request.text, request.params);
    case 'copyIn':
      return await copyIn(pg, request.target, request.bytes);
    case 'copyOut':
      return await copyOut(pg, request.query, request.format);
    case 'close':
      await pg.close();
      return { rows: [], affected: 0, tag: 'CLOSE' };
  }
}

/** What a request comes to, before it is told whether a notification came with it. */
type Outcome = Omit<Answer, 'heard'>;

function answered(answer: Outcome): Reply {
  const reply = { ok: true, answer: { ...answer, heard } } as const;
  heard = false;
  return reply;
}

function reply(message: Reply): void {
  const bytes = message.ok ? message.answer.bytes : undefined;
  port.postMessage(message, bytes ? [bytes.buffer] : []);
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof StatementFailed) return error.refusal;
  const message = error instanceof Error ? error.message : String(error);
  // A value that cannot be given as JS (RangeError of `fromText`) says nothing against the engine.
  return error instanceof RangeError
    ? { message, code: '22003', broken: false }
    : { message, code: null, broken: true };
}

let pg: PGlite | null = null;
port.on('message', async (request: Request) => {
  try {
    if (!pg) throw new Error('the engine is not open');
    reply(answered(await outcome(pg, request)));
  } catch (error) {
    reply({ ok: false, refusal: refusalOf(error) });
  }
});
try {
  pg = await open(workerData as WorkerOptions);
  reply(answered({ rows: [], affected: 0, tag: 'OPEN' }));
} catch (error) {
  reply({ ok: false, refusal: refusalOf(error) });
}
