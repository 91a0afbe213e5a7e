/** A second process for tests: opens the folder it is told, then holds it, or writes one row after another. */
import { openDatabase } from '@wangge/api/db/open';
import { sql } from 'drizzle-orm';

const { folder, workerFile, migrations, writes } = JSON.parse(process.argv[2] ?? '') as {
  folder: string;
  workerFile: string;
  migrations: string;
  writes: boolean;
};

try {
  const database = await openDatabase({ folder, workerFile: new URL(workerFile), migrations });
  console.log('open');
  if (writes) {
    await database.run(sql`CREATE TABLE IF NOT EXISTS written (n int PRIMARY KEY, twin int)`);
    const [last] = await database.rows<{ n: number }>(sql`SELECT coalesce(max(n), 0) AS n FROM written`);
    for (let n = (last?.n ?? 0) + 1; ; n += 1) {
      await database.transaction(async (tx) => {
        await tx.run(sql`INSERT INTO written VALUES (${n})`, 1);
        await tx.run(sql`UPDATE written SET twin = n WHERE n = ${n}`, 1);
      });
      // The reader of this line relies on the row.
      console.log(`acknowledged ${n}`);
    }
  }
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
