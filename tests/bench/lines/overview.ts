/** Figures of the county and its townships over 180 days: the read model over HTTP against `GROUP BY`. */
import type { OverviewAnswer } from '@wangge/api/county/schema';
import { sql } from 'drizzle-orm';
import { type Bench, COUNTY } from '../bench.ts';
import type { Group } from '../group.ts';
import { pgbench } from '../pgbench.ts';
import { wrk } from '../wrk.ts';

const CLIENTS = 4;
/** Windows of 180 days of the reporting year that differ, each a day later than the one before. */
const WINDOWS = 180;
const FIRST = Date.parse('2025-07-01T00:00:00+08:00');
const DAY = 86_400_000;

const dayText = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);
export const windowQuery = (k: number): string =>
  `from=${dayText(FIRST + k * DAY)}&to=${dayText(FIRST + (k + 179) * DAY)}`;

/** The window in SQL, from the number of days after the first. */
export const windowSql = (k: string): string =>
  `occurred_at >= '2025-07-01T00:00:00+08:00'::timestamptz + ${k} * interval '24 hours'
   AND occurred_at < '2025-07-01T00:00:00+08:00'::timestamptz + (${k} + 180) * interval '24 hours'`;

const figures = (k: string): string => `
SELECT township_code, category,
  count(*) FILTER (WHERE kind = 'collection') AS collection, count(*) FILTER (WHERE kind = 'event') AS event,
  count(*) FILTER (WHERE kind = 'dispute') AS dispute, count(*) FILTER (WHERE geom IS NULL) AS unlocated,
  count(*) FILTER (WHERE kind = 'dispute' AND state IN ('closed', 'archived')) AS resolved,
  count(*) FILTER (WHERE kind <> 'collection'
    AND state NOT IN ('closed', 'archived', 'rejected', 'duplicate', 'cancelled')) AS open
FROM incident WHERE county_code = '${COUNTY}' AND ${windowSql(k)}
GROUP BY township_code, category`;

interface Row {
  readonly township_code: string | null;
  readonly category: string;
  readonly collection: number;
  readonly event: number;
  readonly dispute: number;
  readonly unlocated: number;
  readonly resolved: number;
  readonly open: number;
}

export async function overview(bench: Bench): Promise<Group> {
  const { databaseUrl, folder } = bench;
  const [plain, caching] = [await bench.serve({ bodyBytes: 0 }), await bench.serve()];
  const paths = Array.from({ length: WINDOWS }, (_, k) => `/api/overview?${windowQuery(k)}`);
  const theirs = {
    name: 'pgbench GROUP BY',
    measure: await pgbench(
      databaseUrl,
      folder,
      'overview',
      [{ text: `\\set k random(0, ${WINDOWS - 1})\n${figures(':k').replaceAll('\n', ' ')};\n` }],
      CLIENTS,
    ),
  };
  return {
    rounds: 5,
    ratios: [
      {
        name: 'overview of 180 days, without response cache',
        ours: { name: 'HTTP', measure: await wrk(plain.url, folder, 'overview', paths, CLIENTS) },
        theirs,
        target: null,
      },
      {
        name: 'overview of 180 days, cached',
        ours: { name: 'HTTP, cached', measure: await wrk(caching.url, folder, 'overview-cached', paths, CLIENTS) },
        theirs,
        target: { atLeast: 15 },
      },
    ],
    compare: async () => {
      for (const k of [0, 77, WINDOWS - 1]) {
        const answer = (await (await fetch(plain.url + paths[k])).json()) as OverviewAnswer;
        const rows = await bench.db.rows<Row>(sql.raw(figures(String(k))));
        const difference = differenceOf(answer, rows);
        if (difference !== null) return `${paths[k]}: ${difference}`;
      }
      for (const path of paths) await (await fetch(caching.url + path)).arrayBuffer();
      return null;
    },
    notes: [
      `${WINDOWS} windows of 180 days in turn, c=${CLIENTS}; HTTP answers the county and its 20 townships with residents, staff and coverage beside what SQL counts`,
    ],
    close: async () => {
      await plain.stop();
      await caching.stop();
    },
  };
}

/** Null where every figure of the answer is what the rows add up to. */
function differenceOf(answer: OverviewAnswer, rows: readonly Row[]): string | null {
  const areas = [{ code: null, totals: answer.totals }, ...answer.parts];
  for (const { code, totals } of areas) {
    const of = rows.filter((row) => code === null || row.township_code === code);
    const sum = (field: (row: Row) => number) => of.reduce((total, row) => total + Number(field(row)), 0);
    const counted = {
      collection: sum((r) => r.collection),
      event: sum((r) => r.event),
      dispute: sum((r) => r.dispute),
      unlocated: sum((r) => r.unlocated),
      resolved: sum((r) => r.resolved),
      open: sum((r) => r.open),
      ...Object.fromEntries(
        Object.keys(totals.by_category).map((category) => [
          category,
          of.filter((r) => r.category === category).reduce((n, r) => n + Number(r.collection + r.event + r.dispute), 0),
        ]),
      ),
    };
    const { collection, event, dispute, unlocated } = totals.reports;
    const answered = {
      collection,
      event,
      dispute,
      unlocated,
      resolved: totals.disputes.resolved,
      open: totals.open.total,
      ...totals.by_category,
    };
    if (JSON.stringify(counted) !== JSON.stringify(answered)) {
      return `${code ?? 'the county'}: SQL counts ${JSON.stringify(counted)}, the API ${JSON.stringify(answered)}`;
    }
  }
  return rows.length > 0 ? null : 'SQL finds nothing';
}
