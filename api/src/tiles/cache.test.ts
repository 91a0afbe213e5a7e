import { DICTIONARY, GRIDS, record, records } from '@wangge/geodata/incidents/arbitrary';
import { applyChanges, buildColumns, type IncidentRecord } from '@wangge/geodata/incidents/build';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { NO_FILTER, passes } from '@wangge/geodata/incidents/filter';
import { KINDS, STATES } from '@wangge/geodata/incidents/incident';
import { toLattice } from '@wangge/geodata/mesh/lattice';
import { worldPoint } from '@wangge/geodata/tiles/points';
import { MAX_ZOOM, WORLD_BITS } from '@wangge/geodata/tiles/world';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeptTile, TileCache, type TileQuestion } from './cache.ts';
import type { Moment } from './moment.ts';

const RUNS = process.env.PROVE ? 5000 : 200;

/** A moment with these incidents over two square grids. */
const momentOf = (columns: IncidentColumns, position: number): Moment =>
  ({
    version: { today: '2026-06-30', position },
    ground: {
      synthetic: true,
      hasDwellings: false,
      residentsByGrid: new Map(),
      grids: GRIDS.slice(0, 2).map((g) => ({
        ...g,
        code: `g${g.id}`,
        name: `网格${g.id}`,
        class: 'rural',
        area_m2: 1e6,
      })),
      codedTownship: () => ({ code: 't1' }),
      coverage: () => ({ grids: new Map(GRIDS.map((g) => [g.id, { coverage: 'own' }])) }),
    },
    tiling: {
      mesh: {
        cells: new Map(
          [10, 20].map((id, i) => {
            const [w, e] = [1_029_000_000 + i * 1_000_000, 1_030_000_000 + i * 1_000_000];
            const ring = Int32Array.of(w, 374_000_000, e, 374_000_000, e, 375_000_000, w, 375_000_000);
            return [id, { id, polygons: [[ring]] }];
          }),
        ),
      },
    },
    dwellings: {
      id: Uint32Array.of(1),
      lon: Int32Array.of(1_029_500_000),
      lat: Int32Array.of(374_500_000),
      households: Uint32Array.of(3),
      population: Uint32Array.of(8),
    },
    incidents: { columns, asOf: position },
  }) as unknown as Moment;

const second = fc.integer({ min: 1_700_000_000, max: 1_700_000_041 });
const filter = fc.oneof(
  fc.constant(NO_FILTER),
  fc.record({
    kinds: fc.option(fc.subarray([...KINDS]), { nil: null }),
    categories: fc.constant(null),
    urgencies: fc.constant(null),
    states: fc.option(fc.subarray([...STATES]), { nil: null }),
    open: fc.option(fc.boolean(), { nil: null }),
  }),
);

const worldOf = ({ point }: Pick<IncidentRecord, 'point'>) =>
  point && worldPoint(toLattice(point[0]), toLattice(point[1]));

/** Questions about the places of incidents, of all zooms, windows and filters. */
const questionsAbout = (all: readonly IncidentRecord[]): fc.Arbitrary<TileQuestion[]> => {
  const places = all.flatMap((one) => {
    const world = worldOf(one);
    return world ? [world] : [];
  });
  const question = fc
    .record({
      place: fc.constantFrom(...(places.length > 0 ? places : [[0, 0] as const])),
      z: fc.integer({ min: 0, max: MAX_ZOOM }),
      window: fc.oneof(fc.constant({ from: 0, to: 4_000_000_000 }), fc.record({ from: second, to: second })),
      filter,
    })
    .map(({ place: [x, y], z, window, filter }): TileQuestion => {
      const shift = WORLD_BITS - z;
      return { collection: 'incidents', z, x: x >> shift, y: y >> shift, selection: { ...window, filter } };
    });
  return fc.array(question, { minLength: 1, maxLength: 30 });
};

/** Some of the written records differ from what is held in one field only, as most writes do. */
const scenario = records.chain((held) => {
  const touched =
    held.length === 0
      ? fc.constant([])
      : fc
          .array(fc.tuple(fc.constantFrom(...held), fc.constantFrom(...STATES)), { maxLength: 3 })
          .map((pairs) => [...new Map(pairs.map(([one, state]) => [one.id, { ...one, state }])).values()]);
  const fresh = fc
    .uniqueArray(fc.integer({ min: 40, max: 80 }), { maxLength: 3 })
    .chain((ids) => fc.tuple(...ids.map(record)));
  const write = fc.oneof(touched, fresh) as fc.Arbitrary<IncidentRecord[]>;
  return fc
    .array(write, { minLength: 1, maxLength: 4 })
    .chain((writes) => questionsAbout([...held, ...writes.flat()]).map((questions) => ({ held, writes, questions })));
});

const settled = async (tile: KeptTile | null): Promise<Uint8Array | null> => {
  await tile?.settling;
  return tile && new Uint8Array(tile.plain());
};

describe('the cache of tiles', () => {
  it('gives after any writes what is made afresh, byte for byte, and keeps the tile of whoever is not touched', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ held, writes, questions }) => {
        let columns = buildColumns(held, DICTIONARY);
        const cache = new TileCache(1 << 24);
        cache.standAt(momentOf(columns, 1));
        let now = new Map(held.map((one) => [one.id, one]));
        let kept = questions.map((question) => cache.tile(question));
        for (const [i, write] of writes.entries()) {
          const before = { columns, asOf: i + 1 };
          columns = applyChanges(columns, write);
          cache.incidentsChanged(before, { columns, asOf: i + 2 }, write);
          const then = now;
          now = new Map([...now, ...write.map((one) => [one.id, one] as const)]);
          const fresh = new TileCache(0);
          fresh.standAt(momentOf(buildColumns(now.values(), DICTIONARY), i + 2));
          const next = questions.map((question) => cache.tile(question));
          for (const [q, question] of questions.entries()) {
            const bytes = fresh.build(question);
            expect(await settled(next[q]!)).toEqual(bytes && new Uint8Array(bytes));
            const shows = (one: IncidentRecord | undefined) => {
              const world = one && worldOf(one);
              const time = one ? Math.floor(one.occurred_at.getTime() / 1000) : 0;
              const { from, to, filter } = question.selection!;
              return (
                !!world &&
                world[0] >> (WORLD_BITS - question.z) === question.x &&
                world[1] >> (WORLD_BITS - question.z) === question.y &&
                time >= from &&
                time < to &&
                passes(filter, one)
              );
            };
            const touched = write.some((one) => shows(one) || shows(then.get(one.id)));
            if (!touched) expect(next[q]).toBe(kept[q]);
            else if (kept[q] && next[q] && kept[q] !== next[q]) expect(kept[q].live).toBe(false);
          }
          kept = next;
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('drops all incidents where they were read anew, and nothing else', () => {
    const [one] = fc.sample(record(1), 1);
    const columns = buildColumns([{ ...one!, point: [102.95, 37.45] }], DICTIONARY);
    const cache = new TileCache(1 << 20);
    cache.standAt(momentOf(columns, 1));
    const at = { z: 0, x: 0, y: 0 };
    const selection = { from: 0, to: 4_000_000_000, filter: NO_FILTER };
    const incidents = cache.tile({ collection: 'incidents', ...at, selection })!;
    const grids = cache.tile({ collection: 'grids', ...at, z: 9, x: 402, y: 198, selection: null })!;
    const dwellings = cache.tile({ collection: 'dwellings', ...at, selection: null })!;
    const before = { columns, asOf: 1 };
    cache.incidentsChanged(before, { columns, asOf: 2 }, null);
    expect([incidents.live, grids.live, dwellings.live]).toEqual([false, true, true]);
    // Made again it has the same bytes, so whoever holds it need not fetch it.
    expect(cache.tile({ collection: 'incidents', ...at, selection })!.tag).toBe(incidents.tag);
    // Another ground: its grids and dwellings are made anew, the incidents stay.
    const again = cache.tile({ collection: 'incidents', ...at, selection })!;
    cache.standAt(momentOf(columns, 3));
    expect([again.live, grids.live, dwellings.live]).toEqual([true, false, false]);
  });

  it('keeps to its size, and the tiles used last', () => {
    const columns = buildColumns(fc.sample(record(1), 1), DICTIONARY);
    const cache = new TileCache(8 * 1024);
    cache.standAt(momentOf(columns, 1));
    const tiles = Array.from({ length: 17 }, (_, z) => {
      const shift = WORLD_BITS - z;
      const [x, y] = worldPoint(1_029_500_000, 374_500_000)!;
      return cache.tile({ collection: 'dwellings', z, x: x >> shift, y: y >> shift, selection: null })!;
    });
    const live = tiles.map((tile) => tile.live);
    expect(live[0]).toBe(false);
    expect(live.at(-1)).toBe(true);
    expect(live.filter(Boolean).length).toBeLessThanOrEqual(8);
    // None is kept where there is no room at all.
    const none = new TileCache(0);
    none.standAt(momentOf(columns, 1));
    const question = { collection: 'dwellings', z: 0, x: 0, y: 0, selection: null } as const;
    expect(none.tile(question)).not.toBe(none.tile(question));
    expect(none.tile(question)!.coded).toBe(false);
  });
});
