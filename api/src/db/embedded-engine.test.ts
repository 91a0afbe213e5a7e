/** The watch over the worker, with a worker that does what the statement says. */
import { afterEach, describe, expect, it } from 'vitest';
import { EmbeddedEngine } from './embedded-engine.ts';

const WORKER = `
  import { parentPort, workerData } from 'node:worker_threads';
  const answer = (tag) => parentPort.postMessage({ ok: true, answer: { rows: [], affected: 0, tag } });
  const refuse = (broken) => parentPort.postMessage({ ok: false, refusal: { message: 'refused', code: '42601', broken } });
  parentPort.on('message', ({ op, text }) => {
    if (op === 'close') answer('CLOSE');
    else if (text === 'hang') for (;;);
    else if (text === 'exit') process.exit(3);
    else if (text === 'throw') setImmediate(() => { throw new Error('the worker failed'); });
    else if (text === 'exit later') { answer('LATER'); setImmediate(() => process.exit(3)); }
    else if (text === 'refuse') refuse(false);
    else if (text === 'break') refuse(true);
    else answer(text);
  });
  if (workerData.dataDir === 'unusable') refuse(true);
  else answer('OPEN');
`;

const workerFile = new URL(`data:text/javascript,${encodeURIComponent(WORKER)}`);
const open: EmbeddedEngine[] = [];

async function engine(dataDir = 'any'): Promise<EmbeddedEngine> {
  const made = await EmbeddedEngine.open({ dataDir, workerFile, statementTimeoutMs: 500, openTimeoutMs: 20_000 });
  open.push(made);
  return made;
}

afterEach(async () => {
  for (const made of open.splice(0)) await made.close();
});

const say = (to: EmbeddedEngine, text: string) => to.request({ op: 'statement', text, params: [] });

describe('the embedded engine', () => {
  it('cuts a statement at its limit and goes on in a new life', async () => {
    const db = await engine();
    await expect(say(db, 'hang')).rejects.toMatchObject({ name: 'DatabaseError', code: '57014' });
    expect(db.life).toBe(1);
    expect((await say(db, 'next')).tag).toBe('next');
  });

  it.each(['exit', 'throw', 'break'])('reopens after a worker that dies: %s', async (text) => {
    const db = await engine();
    await expect(say(db, text)).rejects.toMatchObject({ name: 'DatabaseError', code: '57P02' });
    expect(db.life).toBe(1);
    expect((await say(db, 'next')).tag).toBe('next');
  });

  it('reopens after a worker that died between two statements', async () => {
    const db = await engine();
    expect((await say(db, 'exit later')).tag).toBe('LATER');
    // It answers until it is dead, and at most one statement dies with it.
    const failures: unknown[] = [];
    while (db.life === 0) await say(db, 'next').catch((error: unknown) => failures.push(error));
    expect(failures.length).toBeLessThanOrEqual(1);
    for (const failure of failures) expect(failure).toMatchObject({ code: '57P02' });
    expect((await say(db, 'after')).tag).toBe('after');
    expect(db.life).toBe(1);
  });

  it('keeps its life through a statement that only fails', async () => {
    const db = await engine();
    await expect(say(db, 'refuse')).rejects.toMatchObject({ code: '42601', message: 'refused' });
    expect(db.life).toBe(0);
  });

  it('says why it does not open', async () => {
    await expect(engine('unusable')).rejects.toThrow('refused');
  });

  it('answers nothing once closed', async () => {
    const db = await engine();
    await db.close();
    await expect(say(db, 'next')).rejects.toMatchObject({ code: '57P01' });
  });
});
