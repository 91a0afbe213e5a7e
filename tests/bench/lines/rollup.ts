/** The cells of 180 days, grid × day × category × kind × urgency × open: over HTTP against `GROUP BY`. */
import { decodeRollup } from '@wangge/geodata/incidents/encode-rollup';
import { sql } from 'drizzle-orm';
import { type Bench, COUNTY } from '../bench.ts';
import type { Group } from '../group.ts';
import { pgbench } from '../pgbench.ts';
import { wrk } from '../wrk.ts';
import { windowQuery, windowSql } from './overview.ts';

const CLIENTS = 4;
/** As many as the cache of answers has room for. */
const WINDOWS = 24;

/** Where the grid is not known the village, the township or nothing is a place of its own, as in our answer. */
const cells = (k: string): string => `
SELECT grid_id, CASE WHEN grid_id IS NULL THEN coalesce(village_code, township_code) END AS place,
  (occurred_at AT TIME ZONE 'Asia/Shanghai')::date AS day, category, kind, urgency,
  kind <> 'collection' AND state NOT IN ('closed', 'archived', 'rejected', 'duplicate', 'cancelled') AS open, count(*) AS count
FROM incident WHERE county_code = '${COUNTY}' AND ${windowSql(k)}
GROUP BY 1, 2, 3, 4, 5, 6, 7`;

export async function rollup(bench: Bench): Promise<Group> {
  const { databaseUrl, folder } = bench;
  const [plain, caching] = [await bench.serve({ bodyBytes: 0 }), await bench.serve()];
  const paths = Array.from({ length: WINDOWS }, (_, k) => `/api/rollup?format=columns&${windowQuery(k)}`);
  const text = `\\set k random(0, ${WINDOWS - 1})\n${cells(':k').replaceAll('\n', ' ')};\n`;
  const theirs = {
    name: 'pgbench GROUP BY',
    measure: await pgbench(databaseUrl, folder, 'rollup', [{ text }], CLIENTS),
  };
  let notes: string[] = [];
  return {
    rounds: 5,
    ratios: [
      {
        name: 'rollup of 180 days, cached',
        ours: { name: 'HTTP, cached', measure: await wrk(caching.url, folder, 'rollup-cached', paths, CLIENTS) },
        theirs,
        target: { atLeast: 15 },
      },
      {
        name: 'rollup of 180 days, without response cache',
        ours: { name: 'HTTP', measure: await wrk(plain.url, folder, 'rollup', paths, CLIENTS) },
        theirs,
        target: null,
      },
    ],
    compare: async () => {
      for (const k of [0, 11, WINDOWS - 1]) {
        const answer = new Uint8Array(await (await fetch(plain.url + paths[k])).arrayBuffer());
        const { rollup: ours } = decodeRollup(answer);
        const [theirs] = await bench.db.rows<{ cells: number; total: number; squares: number }>(
          sql.raw(
            `SELECT count(*) AS cells, sum(count)::int8 AS total, sum(count * count)::int8 AS squares FROM (${cells(String(k))}) c`,
          ),
        );
        const sum = (of: (n: number) => number) => ours.count.reduce((total, n) => total + of(n), 0);
        const [mine, yours] = [
          [ours.count.length, sum((n) => n), sum((n) => n * n)],
          [theirs!.cells, theirs!.total, theirs!.squares],
        ];
        if (mine.join() !== yours.join()) return `${paths[k]}: cells, incidents, squares ${mine} and ${yours}`;
        notes = [
          `${WINDOWS} windows in turn, c=${CLIENTS}; ${ours.count.length} cells of ${sum((n) => n)} incidents, ${Math.round(answer.length / 1024)} KB uncompressed`,
        ];
      }
      for (const path of paths) await (await fetch(caching.url + path)).arrayBuffer();
      return null;
    },
    get notes() {
      return notes;
    },
    close: async () => {
      await plain.stop();
      await caching.stop();
    },
  };
}
