/** Rollup, overview and list against `GROUP BY` after random writes, and read models kept current against rebuilt ones. */
import { gunzipSync } from 'node:zlib';
import type { OverviewAnswer } from '@wangge/api/county/schema';
import type { IncidentList } from '@wangge/api/incidents/listed-schema';
import type { RollupAnswer } from '@wangge/api/incidents/rollup-schema';
import type { ReportAnswer } from '@wangge/api/incidents/schema';
import { decodeColumns } from '@wangge/geodata/incidents/encode';
import { decodeRollup } from '@wangge/geodata/incidents/encode-rollup';
import { KINDS, PRECISIONS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';
import { type SQL, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../engines.ts';
import { Client, openClient } from './client.ts';

const CATEGORIES = ['dispute', 'traffic', 'sanitation', 'other'];
const ROLLUP = 'application/vnd.wangge.rollup';

interface AreaCode {
  readonly code: string;
  readonly level: 'county' | 'township' | 'village' | 'grid';
}

/** A question of any route: query parameters, and the same as SQL on `placed`. */
interface Question {
  readonly query: string;
  readonly where: SQL;
  readonly area: AreaCode;
}

/** Incidents with the codes of all areas in which they lie; null where those are not known. */
const PLACED = sql`(
  SELECT i.*, g.code AS grid, coalesce(g.village_code, i.village_code) AS village,
    coalesce(v.parent_code, i.township_code) AS township,
    i.kind <> 'collection' AND i.state NOT IN ('closed', 'archived', 'rejected', 'duplicate', 'cancelled') AS open,
    (i.occurred_at AT TIME ZONE 'Asia/Shanghai')::date::text AS day
  FROM incident i LEFT JOIN grid_current g ON g.grid_id = i.grid_id
    LEFT JOIN division v ON v.code = coalesce(g.village_code, i.village_code)) AS placed`;

describe.each(ENGINES)('totals on %s', (engine) => {
  let client: Client;
  let areas: AreaCode[];
  let points: { lon: number; lat: number }[];
  beforeAll(async () => {
    client = await openClient(engine);
    areas = await client.db.rows(sql`SELECT code, level FROM division UNION ALL SELECT code, 'grid' FROM grid_current`);
    points = await client.db.rows(
      sql`SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat FROM incident WHERE geom IS NOT NULL AND id % 9000 = 0`,
    );
  });
  afterAll(() => client?.db.close());

  /** Mostly nothing of a field: five filters at once leave hardly a report, and an area is then never asked for whole. */
  const some = <T extends string>(name: string, column: string, words: readonly T[]) =>
    fc
      .oneof(
        { weight: 4, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.subarray([...words], { minLength: 1 }) },
      )
      .map((wanted) => ({
        query: wanted === null ? '' : `&${name}=${wanted.join(',')}`,
        where: wanted === null ? sql`true` : sql`${sql.raw(column)} = ANY(${sql.param(wanted)}::text[])`,
      }));

  /** @param days that a window spans at most */
  const questions = (days: number): fc.Arbitrary<Question> =>
    fc
      .record({
        kind: some('kind', 'kind', KINDS),
        category: some('category', 'category', CATEGORIES),
        urgency: some('urgency', 'urgency', URGENCIES),
        state: some('state', 'state', STATES),
        open: fc.constantFrom(null, null, null, null, true, false),
        area: fc.oneof(fc.constant(areas.find((a) => a.level === 'county')!), fc.constantFrom(...areas)),
        last: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 364 })),
        length: fc.integer({ min: 1, max: days }),
      })
      .map(({ open, area, last, length, ...filters }) => {
        const day = (back: number) => new Date(Date.UTC(2026, 5, 30 - back)).toISOString().slice(0, 10);
        const [from, to] = [day(last + length - 1), day(last)];
        const lies = { county: sql`true`, township: sql`township`, village: sql`village`, grid: sql`grid` }[area.level];
        const conditions = [
          sql`day BETWEEN ${from} AND ${to}`,
          area.level === 'county' ? lies : sql`${lies} = ${area.code}`,
          ...Object.values(filters).map((f) => f.where),
          ...(open === null ? [] : [open ? sql`open` : sql`NOT open`]),
        ];
        return {
          query: `area=${area.code}&from=${from}&to=${to}${Object.values(filters)
            .map((f) => f.query)
            .join('')}${open === null ? '' : `&open=${open}`}`,
          where: sql.join(conditions, sql` AND `),
          area,
        };
      });

  const bytes = async (path: string, by = client, headers: Record<string, string> = {}): Promise<Uint8Array> => {
    const answer = await by.ask(path, { headers });
    expect(answer.status, path).toBe(200);
    return new Uint8Array(await answer.arrayBuffer());
  };

  /** Posts new reports and later states of earlier ones, with places of every precision. */
  const write = async (seed: number): Promise<void> => {
    const place = fc.oneof(
      fc.constantFrom(...points).map((p) => ({ point: { ...p, crs: '4490' } })),
      fc.constantFrom(...areas.filter((a) => a.level !== 'county')).map((a) => ({ [`${a.level}_code`]: a.code })),
      fc.constant({}),
    );
    const report = fc
      .record({
        external_id: fc.integer({ min: 1, max: 80 }).map(String),
        kind: fc.constantFrom(...KINDS),
        category: fc.constantFrom(...CATEGORIES),
        urgency: fc.constantFrom(...URGENCIES),
        state: fc.constantFrom(...STATES),
        minute: fc.integer({ min: 0, max: 5000 }),
        place,
      })
      .map(({ minute, place: where, ...rest }) => ({
        source: 'totals',
        ...rest,
        ...where,
        occurred_at: new Date(client.now.getTime() - minute * 60_000).toISOString(),
      }));
    const [incidents] = fc.sample(fc.array(report, { minLength: 10, maxLength: 40 }), { seed, numRuns: 1 });
    const answer = await client.post({ incidents });
    expect(answer.status).toBe(200);
    const { created, updated } = (await answer.json()) as ReportAnswer;
    expect(created + updated).toBeGreaterThan(0);
  };

  it('of every rollup are those of GROUP BY, cell by cell, and none is lost', async () => {
    await write(1);
    await fc.assert(
      fc.asyncProperty(questions(40), async ({ query, where }) => {
        const answer = await client.json<RollupAnswer>(`/api/rollup?${query}`);
        const { cells, places, days, categories, kinds, urgencies } = answer;
        const found = cells.count.map((count, i) => ({
          place: places[cells.place[i]!]!.code,
          day: days[cells.day[i]!],
          category: categories[cells.category[i]!],
          kind: kinds[cells.kind[i]!],
          urgency: urgencies[cells.urgency[i]!],
          open: cells.open[i] === 1,
          count,
        }));
        const counted = await client.db.rows<(typeof found)[number]>(sql`
          SELECT coalesce(grid, village_code, township_code, '620622') AS place, day, category, kind, urgency, open,
            count(*) AS count FROM ${PLACED} WHERE ${where} GROUP BY 1, 2, 3, 4, 5, 6`);
        const inOrder = (rows: typeof found) => rows.map((row) => JSON.stringify(Object.values(row))).sort();
        expect(inOrder(found)).toEqual(inOrder(counted));
        expect(answer.total).toBe(counted.reduce((sum, row) => sum + row.count, 0));
        // The bytes hold the same cells.
        const { rollup, asOf } = decodeRollup(await bytes(`/api/rollup?${query}`, client, { accept: ROLLUP }));
        expect(asOf).toBe(answer.as_of);
        expect([...rollup.count]).toEqual(cells.count);
        expect([...rollup.place]).toEqual(cells.place);
        expect(rollup.days).toEqual(days);
      }),
      { numRuns: 12 },
    );
  });

  it('of every filtered overview are those of GROUP BY', async () => {
    await write(2);
    await fc.assert(
      fc.asyncProperty(questions(365), async ({ query, where, area }) => {
        const answer = await client.json<OverviewAnswer>(`/api/overview?${query}`);
        const figures = sql`count(*) AS total, count(*) FILTER (WHERE kind = 'collection') AS collection,
          count(*) FILTER (WHERE kind = 'event') AS event, count(*) FILTER (WHERE kind = 'dispute') AS dispute,
          count(*) FILTER (WHERE geom IS NULL) AS unlocated, count(*) FILTER (WHERE open) AS open,
          count(*) FILTER (WHERE category = 'traffic') AS traffic`;
        const flat = ({ reports, open, by_category }: OverviewAnswer['totals']) => ({
          ...reports,
          open: open.total,
          traffic: by_category.traffic,
        });
        const [whole] = await client.db.rows(sql`SELECT ${figures} FROM ${PLACED} WHERE ${where}`);
        expect(flat(answer.totals)).toEqual(whole);
        if (area.level === 'grid') return;
        const part = sql.raw({ county: 'township', township: 'village', village: 'grid' }[area.level]);
        const parts = await client.db.rows<{ code: string }>(
          sql`SELECT ${part} AS code, ${figures} FROM ${PLACED} WHERE ${where} AND ${part} IS NOT NULL GROUP BY 1`,
        );
        const found = answer.parts.filter((p) => p.totals.reports.total > 0);
        expect(found.map((p) => ({ code: p.code, ...flat(p.totals) }))).toEqual(
          parts.sort((a, b) => (a.code < b.code ? -1 : 1)),
        );
        const { columns } = decodeColumns(await bytes(`/api/incidents/columns?${query.replace(/area=\w+&/, '')}`));
        if (area.level === 'county') expect(columns.length).toBe(answer.totals.reports.total);
      }),
      { numRuns: 12 },
    );
  });

  it('and pages of every list are those of ORDER BY, with what matches in all', async () => {
    await write(3);
    const paging = fc.record({
      sort: fc.constantFrom('occurred_at', 'reported_at', 'state_at'),
      order: fc.constantFrom('asc', 'desc'),
      limit: fc.constantFrom(7, 100, 1000),
    });
    await fc.assert(
      fc.asyncProperty(
        questions(30),
        paging,
        some('precision', 'precision', PRECISIONS),
        async ({ query, where }, { sort, order, limit }, precision) => {
          const ids = await client.db.rows<{ id: number }>(sql`
            SELECT id FROM ${PLACED} WHERE ${where} AND ${precision.where}
            ORDER BY ${sql.raw(`${sort} ${order}, id ${order}`)}`);
          const found: number[] = [];
          let cursor = '';
          for (let page = 0; page < 4; page++) {
            const answer = await client.json<IncidentList>(
              `/api/incidents?${query}${precision.query}&sort=${sort}&order=${order}&limit=${limit}${cursor}`,
            );
            expect(answer.matched).toBe(ids.length);
            found.push(...answer.incidents.map((i) => i.id));
            if (answer.next === null) {
              expect(found.length).toBe(ids.length);
              break;
            }
            cursor = `&cursor=${answer.next}`;
          }
          expect(found).toEqual(ids.slice(0, found.length).map((row) => row.id));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('are byte for byte the same from a read model that was kept current and from one that is rebuilt', async () => {
    const paths = (query: string): string[] => [
      `/api/incidents/columns?${query.replace(/area=\w+&/, '')}`,
      `/api/rollup?${query}&format=columns`,
      `/api/rollup?${query}`,
      `/api/overview?${query}`,
      `/api/incidents?${query}`,
    ];
    await fc.assert(
      fc.asyncProperty(questions(365), fc.nat(), async (question, seed) => {
        await write(seed);
        const rebuilt = new Client(client.db);
        for (const path of paths(question.query)) {
          expect(Buffer.compare(await bytes(path), await bytes(path, rebuilt)), path).toBe(0);
        }
      }),
      { numRuns: 4 },
    );
    const rebuilt = new Client(client.db);
    for (const path of paths('area=620622&from=2025-07-01&to=2026-06-30')) {
      expect(Buffer.compare(await bytes(path), await bytes(path, rebuilt)), path).toBe(0);
    }
  });

  it('of a year take at most 200 KB gzip', async () => {
    const gzipped = await bytes('/api/rollup?from=2025-07-01&to=2026-06-30&format=columns', client, {
      'accept-encoding': 'gzip',
    });
    expect(gzipped.length).toBeLessThanOrEqual(200_000);
    const { rollup } = decodeRollup(new Uint8Array(gunzipSync(gzipped)));
    expect(rollup.count.reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(207_000);
  });
});
