import type { ReportAnswer, ReportFate } from '@wangge/api/incidents/schema';
import { toWgs84 } from '@wangge/geodata/crs/convert';
import { decodeColumns } from '@wangge/geodata/incidents/encode';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../engines.ts';
import { type Client, openClient } from './client.ts';

/** In a grid of 大靖镇; the tests ask the database which. */
const INSIDE = { lon: 103.4237, lat: 37.4843 };

interface Row {
  readonly id: number;
  readonly kind: string;
  readonly urgency: string;
  readonly state: string;
  readonly precision: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly given_crs: string | null;
  readonly given_lon: number | null;
  readonly grid_id: number | null;
  readonly grid_id_then: number | null;
  readonly village_code: string | null;
  readonly township_code: string | null;
  readonly occurred_at: string;
  readonly reported_at: string;
  readonly state_at: string;
}

describe.each(ENGINES)('POST /api/incidents on %s', (engine) => {
  let client: Client;
  let serial = 0;
  beforeAll(async () => {
    client = await openClient(engine);
  });
  afterAll(() => client?.db.close());

  const rows = <T>(query: SQL) => client.db.rows<T>(query);
  const report = (more: Record<string, unknown> = {}) => ({
    source: 'test',
    external_id: `r${++serial}`,
    kind: 'event',
    category: 'traffic',
    occurred_at: '2026-06-30T03:00:00Z',
    ...more,
  });
  const stored = async (external_id: unknown): Promise<Row | undefined> =>
    (
      await rows<Row>(sql`SELECT id, kind, urgency, state, precision, ST_X(geom) AS lon, ST_Y(geom) AS lat, given_crs,
        given_lon, grid_id, grid_id_then, village_code, township_code, occurred_at, reported_at, state_at
        FROM incident WHERE source = 'test' AND external_id = ${external_id}`)
    )[0];
  const flows = (id: number) =>
    rows<{ from_state: string | null; to_state: string; at: string }>(
      sql`SELECT from_state, to_state, at FROM incident_flow WHERE incident_id = ${id} ORDER BY seq`,
    );
  const gridAt = async (lon: number, lat: number): Promise<number | null> =>
    (await rows<{ id: number | null }>(sql`SELECT grid_at('620622', ${lon}, ${lat}) AS id`))[0]!.id;
  const send = async (body: unknown, status: number): Promise<ReportAnswer> => {
    const answer = await client.post(body);
    const text = await answer.text();
    expect(answer.status, text).toBe(status);
    return JSON.parse(text) as ReportAnswer;
  };
  const fate = async (body: unknown, status: number): Promise<ReportFate> => (await send(body, status)).results[0]!;

  it('creates, leaves alone, and brings up to date', async () => {
    const first = report({ point: { ...INSIDE, crs: '4490' }, state: 'accepted', state_at: '2026-06-30T03:30:00Z' });
    const created = await fate(first, 201);
    const grid = await gridAt(INSIDE.lon, INSIDE.lat);
    const [held] = await rows<{ code: string; village_code: string }>(
      sql`SELECT code, village_code FROM grid_current WHERE grid_id = ${grid}`,
    );
    expect(created).toMatchObject({ index: 0, fate: 'created', precision: 'point', grid_code: held!.code, errors: [] });
    const before = (await stored(first.external_id))!;
    expect(before).toMatchObject({
      id: created.id,
      ...INSIDE,
      given_crs: null,
      grid_id: grid,
      grid_id_then: grid,
      village_code: held!.village_code,
      township_code: '620622103',
      state: 'accepted',
      urgency: 'normal',
      reported_at: before.occurred_at,
    });
    expect(await flows(before.id)).toEqual([
      { from_state: null, to_state: 'accepted', at: '2026-06-30T03:30:00.000Z' },
    ]);

    expect(await fate(first, 200)).toMatchObject({ fate: 'unchanged', id: before.id });
    expect(await stored(first.external_id)).toEqual(before);

    const closed = {
      ...first,
      state: 'closed',
      state_at: '2026-06-30T03:50:00Z',
      point: { lon: 102.8971, lat: 37.4651, crs: '4490' },
    };
    expect(await fate(closed, 200)).toMatchObject({ fate: 'updated', id: before.id });
    const after = (await stored(first.external_id))!;
    expect(after.grid_id).toBe(await gridAt(102.8971, 37.4651));
    expect(after.grid_id).not.toBe(grid);
    expect(after.grid_id_then).toBe(grid);
    expect((await flows(before.id)).map((f) => [f.from_state, f.to_state])).toEqual([
      [null, 'accepted'],
      ['accepted', 'closed'],
    ]);

    // What a later post leaves out stays: state, urgency, place.
    const terse = {
      source: 'test',
      external_id: first.external_id,
      kind: 'event',
      category: 'traffic',
      occurred_at: first.occurred_at,
    };
    expect(await fate(terse, 200)).toMatchObject({ fate: 'unchanged', precision: 'point' });
    // A message that comes late does not take the state back.
    const late = await client.problem(
      client.post({ ...first, state: 'assigned', state_at: '2026-06-30T03:40:00Z' }),
      422,
      'refused',
    );
    expect(late.errors[0]!.pointer).toBe('/state_at');
    expect(await stored(first.external_id)).toEqual(after);
  });

  it('corrects, snaps and keeps what was given', async () => {
    for (const crs of ['gcj02', 'bd09'] as const) {
      const given = { lon: 103.42371234567, lat: 37.48431234567, crs };
      const sent = report({ point: given });
      await fate(sent, 201);
      const row = (await stored(sent.external_id))!;
      const [lon, lat] = toWgs84([given.lon, given.lat], crs);
      expect(row.lon).toBe(Math.round(lon * 1e7) / 1e7);
      expect(row.lat).toBe(Math.round(lat * 1e7) / 1e7);
      expect(row).toMatchObject({ given_crs: crs, given_lon: given.lon, grid_id: await gridAt(row.lon!, row.lat!) });
      expect((await fate(sent, 200)).fate).toBe('unchanged');
    }
  });

  it('takes the smallest area that is known where there is no point, and refuses areas that contradict', async () => {
    const { features } = await client.items('grids', '?township_code=620622103&limit=1');
    const grid = features[0]!.properties as { code: string; village_code: string; id: number };
    const place = async (more: Record<string, unknown>) => {
      const sent = report(more);
      const { fate: got } = await fate(sent, 201);
      expect(got).toBe('created');
      const row = (await stored(sent.external_id))!;
      return [row.precision, row.grid_id, row.village_code, row.township_code, row.lon];
    };
    expect(await place({})).toEqual(['unknown', null, null, null, null]);
    expect(await place({ township_code: '620622103' })).toEqual(['township', null, null, '620622103', null]);
    expect(await place({ village_code: grid.village_code })).toEqual([
      'village',
      null,
      grid.village_code,
      '620622103',
      null,
    ]);
    expect(await place({ grid_code: grid.code })).toEqual(['grid', grid.id, grid.village_code, '620622103', null]);
    // The communities of the county seat: coded under 古浪镇, managed by the street unit; either is right.
    for (const township_code of ['620622100', '620622001']) {
      expect(await place({ village_code: '620622100001', township_code })).toEqual([
        'village',
        null,
        '620622100001',
        '620622001',
        null,
      ]);
    }
    for (const [more, pointer] of [
      [{ grid_code: grid.code, village_code: '620622100001' }, '/village_code'],
      [{ village_code: grid.village_code, township_code: '620622104' }, '/township_code'],
      [{ grid_code: '620622103001999' }, '/grid_code'],
      [{ village_code: '620622103' }, '/village_code'],
      [{ township_code: '620622' }, '/township_code'],
      [{ point: { ...INSIDE, crs: '4490' }, grid_code: 'x' }, '/grid_code'],
    ] as const) {
      const { errors } = await client.problem(client.post(report(more)), 422, 'refused');
      expect(errors.map((e) => e.pointer)).toEqual([pointer]);
    }
  });

  it('refuses by field, and writes nothing of what it refuses', async () => {
    const before = await rows(sql`SELECT (SELECT count(*) FROM incident) AS n, (SELECT max(id) FROM live_event) AS r`);
    for (const [more, pointer, slug] of [
      [{ point: { lon: 116.4, lat: 39.9, crs: '4490' } }, '/point', 'refused'],
      [{ point: { lon: 180, lat: 90, crs: 'gcj02' } }, '/point', 'refused'],
      [{ category: 'gossip' }, '/category', 'refused'],
      [{ occurred_at: '2026-06-30T04:10:01Z' }, '/occurred_at', 'refused'],
      [{ occurred_at: '1969-12-31T00:00:00Z' }, '/occurred_at', 'refused'],
      [{ reported_at: '2026-06-30T02:00:00Z' }, '/reported_at', 'refused'],
      [{ state_at: '2026-06-30T02:00:00Z' }, '/state_at', 'refused'],
      [{ state_at: '2026-07-30T02:00:00Z' }, '/state_at', 'refused'],
      [{ point: INSIDE }, '/point/crs', 'invalid-body'],
      [{ point: { ...INSIDE, crs: '4490', srid: 1 } }, '/point/srid', 'invalid-body'],
      [{ kind: 'rumour' }, '/kind', 'invalid-body'],
      [{ occurred_at: '2026-06-30' }, '/occurred_at', 'invalid-body'],
      [{ occurred_at: '2026-06-30T03:00:00' }, '/occurred_at', 'invalid-body'],
      [{ colour: 'red' }, '/colour', 'invalid-body'],
      [{ external_id: 'a\u0000b' }, '/external_id', 'invalid-body'],
      [{ source: '\ud800' }, '/source', 'invalid-body'],
      [{ source: ' ' }, '/source', 'invalid-body'],
    ] as const) {
      const { errors } = await client.problem(client.post(report(more)), 422, slug);
      expect(
        errors.map((e) => e.pointer),
        JSON.stringify(more),
      ).toEqual([pointer]);
    }
    for (const body of [
      'null',
      '[]',
      '3',
      '"x"',
      '{}',
      '{"incidents":[]}',
      '{"incidents":{}}',
      '{"incidents":[{}],"more":1}',
    ]) {
      await client.problem(client.post(body), 422, 'invalid-body');
    }
    await client.problem(client.post({ incidents: Array(5001).fill({}) }), 422, 'invalid-body');
    // A clock that runs ahead a little is no mistake.
    await fate(report({ occurred_at: '2026-06-30T04:09:59Z' }), 201);
    const after = await rows<{ n: number }>(sql`SELECT count(*) AS n FROM incident`);
    expect(after[0]!.n).toBe((before[0] as { n: number }).n + 1);
  });

  it('tells the fate of each row of a batch and writes the good ones', async () => {
    const twice = report({ state: 'accepted' });
    const good = report({ point: { ...INSIDE, crs: '4490' } });
    const batch = {
      incidents: [
        good,
        report({ category: 'gossip' }),
        'nonsense',
        twice,
        report({ point: { lon: 0, lat: 0, crs: '4490' } }),
        { ...twice, state: 'closed' },
        null,
      ],
    };
    const answer = await send(batch, 200);
    expect(answer).toMatchObject({ created: 2, updated: 0, unchanged: 0, refused: 5 });
    expect(answer.results.map((r) => [r.index, r.fate])).toEqual([
      [0, 'created'],
      [1, 'refused'],
      [2, 'refused'],
      [3, 'refused'],
      [4, 'refused'],
      [5, 'created'],
      [6, 'refused'],
    ]);
    expect(answer.results[1]!.errors[0]!.pointer).toBe('/category');
    expect(answer.results[3]!.errors[0]!.pointer).toBe('/external_id');
    expect(answer.results[4]!.errors[0]!.pointer).toBe('/point');
    expect((await stored(twice.external_id))!.state).toBe('closed');
    expect(await flows(answer.results[5]!.id!)).toHaveLength(1);
    const again = await send(batch, 200);
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 2, refused: 5, as_of: answer.as_of });
  });

  it('writes a key once however many post it at once', async () => {
    const sent = report({ point: { ...INSIDE, crs: '4490' } });
    const fates = await Promise.all(
      Array.from(
        { length: 50 },
        async () => ((await (await client.post(sent)).json()) as ReportAnswer).results[0]!.fate,
      ),
    );
    expect(fates.filter((f) => f === 'created')).toHaveLength(1);
    expect(fates.filter((f) => f === 'unchanged')).toHaveLength(49);
    expect(
      await rows(sql`SELECT count(*) AS n FROM incident WHERE source = 'test' AND external_id = ${sent.external_id}`),
    ).toEqual([{ n: 1 }]);
    // Different states at once: every step is in the history, and the last one is the state.
    const states = ['accepted', 'assigned', 'in_progress', 'pending_check', 'closed'];
    await Promise.all(states.map((state) => client.post({ ...sent, state })));
    const row = (await stored(sent.external_id))!;
    const history = await flows(row.id);
    expect(history.at(-1)!.to_state).toBe(row.state);
    history.slice(1).forEach((step, i) => {
      expect(step.from_state).toBe(history[i]!.to_state);
    });
    // Crossed batches of the same keys.
    const keys = Array.from({ length: 20 }, () => report());
    await Promise.all([send({ incidents: keys }, 200), send({ incidents: [...keys].reverse() }, 200)]);
    expect(
      await rows(
        sql`SELECT count(*) AS n, count(DISTINCT external_id) AS d FROM incident WHERE external_id = ANY(${sql.param(keys.map((k) => k.external_id))}::text[])`,
      ),
    ).toEqual([{ n: 20, d: 20 }]);
  });

  it('shows a write at once in columns, overview and collection', async () => {
    const columns = async () =>
      decodeColumns(
        new Uint8Array(await (await client.ask('/api/incidents/columns?from=2026-06-30&to=2026-06-30')).arrayBuffer()),
      );
    const before = await columns();
    const sent = report({ point: { ...INSIDE, crs: '4490' }, kind: 'dispute', category: 'dispute' });
    const { as_of, results } = await send(sent, 201);
    const after = await columns();
    expect(after.asOf).toBe(as_of);
    expect(after.columns.length).toBe(before.columns.length + 1);
    const at = after.columns.id.indexOf(results[0]!.id!);
    expect([after.columns.lon[at], after.columns.lat[at]]).toEqual([1034237000, 374843000]);
    const item = await client.json<{ properties: object }>(`/ogc/collections/incidents/items/${results[0]!.id}`);
    expect(item.properties).toMatchObject({
      kind: 'dispute',
      open: true,
      grid_code: results[0]!.grid_code,
      occurred_at: '2026-06-30T03:00:00Z',
    });
    await send({ ...sent, state: 'closed' }, 200);
    const closed = await columns();
    expect(closed.columns.length).toBe(after.columns.length);
    expect(closed.columns.state[closed.columns.id.indexOf(results[0]!.id!)]).not.toBe(after.columns.state[at]);
  });

  it('takes a batch of 5,000', async () => {
    const incidents = Array.from({ length: 5000 }, (_, i) =>
      report({ point: { lon: 103.4 + (i % 100) / 1e4, lat: 37.45 + Math.floor(i / 100) / 1e4, crs: '4490' } }),
    );
    const answer = await send({ incidents }, 200);
    expect(answer.created + answer.refused).toBe(5000);
    expect(answer.created).toBeGreaterThan(4900);
    const [row] = await rows<{ wrong: number }>(sql`SELECT count(*) AS wrong FROM incident
      WHERE id > ${answer.results[0]!.id! - 1} AND geom IS NOT NULL AND grid_id IS DISTINCT FROM grid_at('620622', ST_X(geom), ST_Y(geom))`);
    expect(row!.wrong).toBe(0);
    const overview = await client.json<{ as_of: number }>('/api/overview');
    expect(overview.as_of).toBe(answer.as_of);
  });
});
