/** What a transaction shows to others, and what is left of one that fails. */
import { type Database, DatabaseError, type Queries } from '@wangge/api/db/database';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ENGINES, openEngine } from '../../engines.ts';

/** A promise that the test settles. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe.each(ENGINES)('transactions on %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openEngine(engine, 'empty', { idleTransactionMs: 5_000 });
    await db.run(sql`CREATE TABLE note (n int PRIMARY KEY)`);
  });
  beforeEach(async () => {
    await db.run(sql`TRUNCATE note`);
  });

  const notes = async (from: Queries = db): Promise<number[]> =>
    (await from.rows<{ n: number }>(sql`SELECT n FROM note ORDER BY n`)).map(({ n }) => n);

  it('commit what they wrote and give back what the work gave', async () => {
    const given = await db.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO note VALUES (1)`, 1);
      expect(await notes(tx)).toEqual([1]);
      return [Promise.resolve('an array, as it is')];
    });
    await expect(given[0]).resolves.toBe('an array, as it is');
    expect(await notes()).toEqual([1]);
  });

  it('leave nothing of work that fails for a reason of its own, which comes back as it was', async () => {
    const reason = new TypeError('not the database');
    const work = db.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO note VALUES (1)`, 1);
      await tx.copyIn('note (n)', [[2], [3]]);
      throw reason;
    });
    await expect(work).rejects.toBe(reason);
    expect(await notes()).toEqual([]);
  });

  it('are not seen, nor entered, by a query that is asked meanwhile', async () => {
    const written = gate();
    const finish = gate();
    const work = db.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO note VALUES (1)`, 1);
      written.open();
      await finish.opened;
      await tx.run(sql`INSERT INTO note VALUES (2)`, 1);
      throw new Error('rolled back');
    });
    await written.opened;
    // On the one connection of the embedded engine these wait; on a server they run beside it.
    const seen = notes();
    const entered = db.run(sql`INSERT INTO note VALUES (10)`, 1);
    const copied = db.copyIn('note (n)', [[11]]);
    const other = db.transaction(async (tx) => await tx.run(sql`INSERT INTO note VALUES (12)`, 1));
    finish.open();
    await expect(work).rejects.toThrow('rolled back');
    expect(await seen).not.toContain(1);
    await Promise.all([entered, copied, other]);
    expect(await notes()).toEqual([10, 11, 12]);
  });

  it('run one after the other or beside each other, but each whole', async () => {
    await db.run(sql`INSERT INTO note VALUES (0)`);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        db.transaction(async (tx) => {
          await tx.run(sql`INSERT INTO note VALUES (${1 + i * 2})`, 1);
          await tx.run(sql`INSERT INTO note VALUES (${2 + i * 2})`, 1);
        }),
      ),
    );
    expect(await notes()).toHaveLength(41);
  });

  it('take statements that are sent at once in their order', async () => {
    await db.transaction(async (tx) => {
      await Promise.all([
        tx.run(sql`INSERT INTO note VALUES (1)`),
        tx.run(sql`UPDATE note SET n = n + 1`, 1),
        tx.run(sql`INSERT INTO note VALUES (1)`),
      ]);
    });
    expect(await notes()).toEqual([1, 2]);
  });

  it('do not take a statement once they have ended', async () => {
    let kept: Queries | undefined;
    await db.transaction(async (tx) => {
      kept = tx;
    });
    await expect(kept?.run(sql`INSERT INTO note VALUES (1)`)).rejects.toBeInstanceOf(DatabaseError);
    await expect(kept?.copyIn('note (n)', [[2]])).rejects.toBeInstanceOf(DatabaseError);
    expect(await notes()).toEqual([]);
  });

  it('are rolled back when they send nothing for too long, so that others go on', async () => {
    const forgotten = db.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO note VALUES (1)`, 1);
      await new Promise(() => undefined);
    });
    await expect(forgotten).rejects.toMatchObject({ name: 'DatabaseError' });
    await db.run(sql`INSERT INTO note VALUES (2)`, 1);
    expect(await notes()).toEqual([2]);
  });

  it('keep nothing of a COPY that fails in a later chunk', async () => {
    const zeros = '0'.repeat(100_000);
    function* rows(): Generator<[string]> {
      for (let n = 0; n < 100; n += 1) yield [`${zeros}${n}`];
      yield ['not a number'];
    }
    await expect(db.copyIn('note (n)', rows())).rejects.toMatchObject({ code: '22P02' });
    expect(await notes()).toEqual([]);
  });

  it('keep nothing of a COPY whose rows run out with an error', async () => {
    function* rows(): Generator<[number]> {
      yield [1];
      throw new Error('the source broke');
    }
    await expect(db.copyIn('note (n)', rows())).rejects.toThrow('the source broke');
    expect(await notes()).toEqual([]);
  });
});
