import type { IncidentAnswer, IncidentList } from '@wangge/api/incidents/listed-schema';
import type { ReportAnswer } from '@wangge/api/incidents/schema';
import { toWgs84 } from '@wangge/geodata/crs/convert';
import { STATES } from '@wangge/geodata/incidents/incident';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../engines.ts';
import { type Client, openClient } from './client.ts';

/** In a grid of 大靖镇. */
const INSIDE = { lon: 103.4237, lat: 37.4843 };

describe.each(ENGINES)('the list of incidents on %s', (engine) => {
  let client: Client;
  let serial = 0;
  beforeAll(async () => {
    client = await openClient(engine);
  });
  afterAll(() => client?.db.close());

  const report = (more: Record<string, unknown> = {}) => ({
    source: 'list-test',
    external_id: `r${++serial}`,
    kind: 'event',
    category: 'traffic',
    occurred_at: '2026-06-30T03:00:00Z',
    ...more,
  });
  const post = async (body: unknown): Promise<ReportAnswer> => {
    const answer = await client.post(body);
    expect(answer.status).toBeLessThan(300);
    return (await answer.json()) as ReportAnswer;
  };
  const list = (query = '') => client.json<IncidentList>(`/api/incidents${query}`);

  it('shows what is stored of each', async () => {
    const sent = report({
      point: { ...INSIDE, crs: '4490' },
      urgency: 'urgent',
      state: 'closed',
      state_at: '2026-06-30T03:30:00Z',
    });
    const { results, as_of } = await post(sent);
    const found = await list('?from=2026-06-30T03:00:00Z&to=2026-06-30T03:00:01Z&urgency=urgent&limit=1000');
    expect(found.as_of).toBe(as_of);
    expect(found.incidents.find((i) => i.id === results[0]!.id)).toEqual({
      id: results[0]!.id,
      source: 'list-test',
      external_id: sent.external_id,
      kind: 'event',
      category: 'traffic',
      urgency: 'urgent',
      state: 'closed',
      open: false,
      occurred_at: '2026-06-30T03:00:00Z',
      reported_at: '2026-06-30T03:00:00Z',
      state_at: '2026-06-30T03:30:00Z',
      precision: 'point',
      ...INSIDE,
      grid_code: results[0]!.grid_code,
      village_code: results[0]!.grid_code!.slice(0, 12),
      township_code: '620622103',
      synthetic: true,
    });
    await post(report({ township_code: '620622103' }));
    const rough = await list('?area=620622103&precision=township&from=2026-06-30');
    expect(rough.incidents[0]).toMatchObject({ lon: null, lat: null, grid_code: null, village_code: null });
  });

  it('is 30 days, newest first, a hundred a page where nothing is said', async () => {
    const { window, sort, order, incidents, matched, next } = await list();
    expect(window).toEqual({ from: '2026-05-31T16:00:00Z', to: '2026-06-30T16:00:00Z' });
    expect([sort, order, incidents.length]).toEqual(['occurred_at', 'desc', 100]);
    expect(matched).toBeGreaterThan(10_000);
    expect(next).not.toBeNull();
  });

  it('neither repeats nor leaves out while reports come in between its pages', async () => {
    const query = '?from=2026-06-29&to=2026-06-30&kind=event&limit=40';
    const before = (await list(query.replace('limit=40', 'limit=1000'))).incidents.map((i) => i.id);
    expect(before.length).toBeGreaterThan(100);
    const found: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: IncidentList = await list(`${query}${cursor && `&cursor=${cursor}`}`);
      found.push(...page.incidents.map((i) => i.id));
      // One newer than all, one among what has been shown, one that is yet to come.
      await post({
        incidents: [
          report({ occurred_at: '2026-06-30T03:59:59Z' }),
          report({ occurred_at: page.incidents[0]!.occurred_at }),
          report({ occurred_at: '2026-06-28T16:00:00Z' }),
        ],
      });
      cursor = page.next;
    }
    expect(new Set(found).size).toBe(found.length);
    const known = new Set(before);
    expect(found.filter((id) => known.has(id))).toEqual(before);
  });

  it('refuses what it cannot read, by name', async () => {
    const { next } = await list('?limit=1');
    const turned = Buffer.from(next!, 'base64url').toString().replace('desc', 'asc');
    for (const [query, name] of [
      ['limit=0', 'limit'],
      ['limit=1001', 'limit'],
      ['limit=ten', 'limit'],
      ['sort=name', 'sort'],
      ['order=up', 'order'],
      ['kind=rumour', 'kind'],
      ['precision=exact', 'precision'],
      ['open=yes', 'open'],
      ['cursor=abc', 'cursor'],
      [`cursor=${next}&sort=state_at`, 'cursor'],
      [`cursor=${next}&order=asc`, 'cursor'],
      [`cursor=${Buffer.from(turned).toString('base64url')}`, 'cursor'],
      [`cursor=${Buffer.from('occurred_at.desc.1e3.4').toString('base64url')}`, 'cursor'],
    ]) {
      const { errors } = await client.problem(client.ask(`/api/incidents?${query}`), 400, 'invalid-parameter');
      expect(errors.map((e) => e.pointer)).toEqual([`?${name}`]);
    }
    await client.problem(client.ask('/api/incidents?area=000000'), 404, 'not-found');
    await client.problem(client.ask('/api/rollup?area=000000'), 404, 'not-found');
    await client.problem(client.ask('/api/rollup?format=xml'), 400, 'invalid-parameter');
  });

  it('is answered as JSON or as bytes, as the client likes', async () => {
    const type = async (accept: string, query = '') =>
      (await client.ask(`/api/rollup?from=2026-06-30${query}`, { headers: { accept } })).headers.get('content-type');
    expect(await type('*/*')).toMatch(/^application\/json/);
    expect(await type('application/vnd.wangge.rollup')).toBe('application/vnd.wangge.rollup');
    expect(await type('application/json;q=0.5, application/vnd.wangge.rollup')).toBe('application/vnd.wangge.rollup');
    expect(await type('application/vnd.wangge.rollup;q=0.5, application/json')).toMatch(/^application\/json/);
    expect(await type('application/vnd.wangge.rollup', '&format=json')).toMatch(/^application\/json/);
    expect(await type('text/html', '&format=columns')).toBe('application/vnd.wangge.rollup');
    const { headers } = await client.ask('/api/rollup');
    expect(headers.get('vary')).toBe('Accept, Accept-Encoding');
    // A cached 304 of one form must not stand for the other.
    const other = await client.ask('/api/rollup?format=columns', {
      headers: { 'if-none-match': headers.get('etag')! },
    });
    expect(other.status).toBe(200);
  });

  it('opens into an incident with its trail, its point as given, and where it lies', async () => {
    const given = { lon: 103.42371234567, lat: 37.48431234567, crs: 'gcj02' };
    const sent = report({ point: given, state: 'reported', state_at: '2026-06-30T03:10:00Z' });
    const { id, grid_code } = (await post(sent)).results[0]!;
    await post({
      ...sent,
      state: 'accepted',
      state_at: '2026-06-30T03:20:00Z',
      point: { lon: 102.8971, lat: 37.4651, crs: '4490' },
    });
    const moved = await client.json<IncidentAnswer>(`/api/incidents/${id}`);
    expect(moved.trail).toEqual([
      { from_state: null, to_state: 'reported', at: '2026-06-30T03:10:00Z' },
      { from_state: 'reported', to_state: 'accepted', at: '2026-06-30T03:20:00Z' },
    ]);
    expect(moved.given).toEqual({ lon: 102.8971, lat: 37.4651, crs: '4490' });
    expect(moved.grid_then).toMatchObject({ code: grid_code, current: true });
    expect(moved.grid!.code).not.toBe(grid_code);
    expect(moved.path.map((a) => a.level)).toEqual(['county', 'township', 'village', 'grid']);
    expect(moved.path.at(-1)!.code).toBe(moved.grid!.code);
    await post({ ...sent, state: 'accepted', point: given });
    const back = await client.json<IncidentAnswer>(`/api/incidents/${id}`);
    expect(back.given).toEqual(given);
    const [lon, lat] = toWgs84([given.lon, given.lat], 'gcj02');
    expect(back.lon).toBeCloseTo(lon, 7);
    expect(back.lat).toBeCloseTo(lat, 7);

    const nowhere = (await post(report())).results[0]!.id;
    expect(await client.json(`/api/incidents/${nowhere}`)).toMatchObject({
      grid_then: null,
      grid: null,
      given: null,
      path: [{ level: 'county' }],
      precision: 'unknown',
    });
    for (const none of ['0', '999999999', '-1', '1.5', '01', 'abc', '9'.repeat(20), '99999999999999999']) {
      await client.problem(client.ask(`/api/incidents/${none}`), 404, 'not-found');
    }
  });

  it('has trails that ascend in time and end at the present state, whatever is posted', async () => {
    const step = fc.record({
      state: fc.constantFrom(...STATES),
      state_at: fc.option(
        fc
          .integer({ min: 0, max: 3600 })
          .map((s) => new Date(Date.parse('2026-06-30T03:00:00Z') + s * 1000).toISOString()),
        { nil: undefined },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const sent = report();
        let id = 0;
        for (const each of steps) {
          const answer = await client.post({ ...sent, ...each });
          if (answer.status < 300) id = ((await answer.json()) as ReportAnswer).results[0]!.id!;
        }
        expectTrail(await client.json<IncidentAnswer>(`/api/incidents/${id}`));
      }),
      { numRuns: 25 },
    );
    // Of the demonstration's year too.
    const page = await list(
      '?from=2025-09-01&to=2026-06-30&kind=event,dispute&state=suspended,archived,rejected&limit=40',
    );
    for (const { id } of page.incidents) expectTrail(await client.json<IncidentAnswer>(`/api/incidents/${id}`));
    const { trail, reported_at } = await client.json<IncidentAnswer>(`/api/incidents/${page.incidents[0]!.id}`);
    expect(trail[0]).toEqual({ from_state: null, to_state: 'reported', at: reported_at });
  });
});

function expectTrail({ trail, state, state_at }: IncidentAnswer): void {
  expect(trail[0]!.from_state).toBeNull();
  expect(trail.at(-1)).toMatchObject({ to_state: state, at: state_at });
  trail.slice(1).forEach((step, i) => {
    expect(step.from_state).toBe(trail[i]!.to_state);
    expect(Date.parse(step.at)).toBeGreaterThanOrEqual(Date.parse(trail[i]!.at));
  });
}
