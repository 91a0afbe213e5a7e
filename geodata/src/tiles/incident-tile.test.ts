import { VectorTile } from '@mapbox/vector-tile';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { DICTIONARY, record, records } from '../incidents/arbitrary.ts';
import { applyChanges, buildColumns, type IncidentRecord } from '../incidents/build.ts';
import { type IncidentFilter, NO_FILTER, passes } from '../incidents/filter.ts';
import { KINDS, STATES, URGENCIES } from '../incidents/incident.ts';
import { toLattice } from '../mesh/lattice.ts';
import { type IncidentSelection, IncidentTiles } from './incident-tile.ts';
import { CELL_BITS, RAW_BYTES, worldPoint } from './points.ts';
import { MAX_ZOOM, TILE_BITS, type TileAddress, WORLD_BITS } from './world.ts';

const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values]), { nil: null });
const filters: fc.Arbitrary<IncidentFilter> = fc.oneof(
  fc.constant(NO_FILTER),
  fc.record({
    kinds: some(KINDS),
    categories: some([...DICTIONARY.categories]),
    urgencies: some(URGENCIES),
    states: some(STATES),
    open: fc.option(fc.boolean(), { nil: null }),
  }),
);
const second = fc.integer({ min: 1_699_999_998, max: 1_700_000_042 });
const selections: fc.Arbitrary<IncidentSelection> = fc.record({ from: second, to: second, filter: filters });
const ALL: IncidentSelection = { from: 0, to: 4_000_000_000, filter: NO_FILTER };

const decoded = (bytes: Uint8Array | null) => {
  if (bytes === null) return [];
  const layer = new VectorTile(new PbfReader(bytes)).layers.incidents!;
  return Array.from({ length: layer.length }, (_, i) => layer.feature(i));
};

const placeOf = ({ point }: IncidentRecord) => point && worldPoint(toLattice(point[0]), toLattice(point[1]));

/** Tiles in which one of the records lies, and one in which hardly any does. */
const addressNear = (all: readonly IncidentRecord[]): fc.Arbitrary<TileAddress> => {
  const places = all.flatMap((one) => placeOf(one) ?? []);
  return fc.record({ z: fc.integer({ min: 0, max: MAX_ZOOM }), at: fc.nat({ max: 1000 }) }).map(({ z, at }) => {
    const i = (2 * at) % Math.max(2, places.length);
    const [x, y] = places.length > 0 ? [places[i]!, places[i + 1]!] : [0, 0];
    return { z, x: x >> (WORLD_BITS - z), y: y >> (WORLD_BITS - z) };
  });
};

const asked = records.chain((all) => fc.tuple(fc.constant(all), addressNear(all), selections));

describe('a tile of incidents', () => {
  it('holds exactly those with a point in it that the window and the filter pass', () => {
    fc.assert(
      fc.property(asked, ([all, at, selection]) => {
        const columns = buildColumns(all, DICTIONARY);
        const found = decoded(new IncidentTiles(columns, false).tile(at, selection));
        const expected = all.filter((one) => {
          const place = placeOf(one);
          const time = Math.floor(one.occurred_at.getTime() / 1000);
          return (
            place !== null &&
            place[0] >> (WORLD_BITS - at.z) === at.x &&
            place[1] >> (WORLD_BITS - at.z) === at.y &&
            time >= selection.from &&
            time < selection.to &&
            passes(selection.filter, one)
          );
        });
        expect(found.map((f) => f.id).sort()).toEqual(expected.map((one) => one.id).sort());
        for (const feature of found) {
          const { kind, category, urgency, state, occurred_at, ...one } = expected.find((e) => e.id === feature.id)!;
          expect(feature.properties).toEqual({
            kind,
            category,
            urgency,
            state,
            occurred_at: Math.floor(occurred_at.getTime() / 1000),
            synthetic: false,
          });
          const point = feature.loadGeometry()[0]![0]!;
          const place = placeOf({ ...one, kind, category, urgency, state, occurred_at })!;
          const unit = (n: number) => (n >> (WORLD_BITS - TILE_BITS - at.z)) & (2 ** TILE_BITS - 1);
          expect([point.x, point.y]).toEqual([unit(place[0]), unit(place[1])]);
        }
      }),
    );
  });

  it('has the same bytes whether its columns were built at once or write by write', () => {
    const writes = fc.array(
      fc.uniqueArray(fc.integer({ min: 1, max: 80 }), { maxLength: 8 }).chain((ids) => fc.tuple(...ids.map(record))),
      { maxLength: 5 },
    );
    const question = fc.tuple(records, writes).chain(([all, written]) => {
      const now = new Map([...all, ...written.flat()].map((one) => [one.id, one]));
      return fc.tuple(fc.constant(all), fc.constant(written), addressNear([...now.values()]), selections);
    });
    fc.assert(
      fc.property(question, ([all, written, at, selection]) => {
        let columns = buildColumns(all, DICTIONARY);
        let tiles = new IncidentTiles(columns, true);
        for (const changed of written) {
          tiles.tile(at, selection);
          columns = applyChanges(columns, changed);
          tiles = new IncidentTiles(columns, true, tiles);
        }
        const now = new Map([...all, ...written.flat()].map((one) => [one.id, one]));
        const fresh = new IncidentTiles(buildColumns(now.values(), DICTIONARY), true);
        expect(tiles.tile(at, selection)).toEqual(fresh.tile(at, selection));
        expect(tiles.tile(at, ALL)).toEqual(fresh.tile(at, ALL));
      }),
    );
  });

  it('counts in cells where it would pass 150 KB, and not before', () => {
    const at = { z: 10, x: 804, y: 397 };
    const unit = 2 ** (WORLD_BITS - TILE_BITS - at.z);
    const records = (n: number): IncidentRecord[] =>
      Array.from({ length: n }, (_, i) => {
        // A spiral over the middle of the tile; times are distinct, which takes the most bytes.
        const [x, y] = [1000 + ((i * 37) % 2000), 1000 + ((i * 53) % 1900)];
        const world = [(at.x * 2 ** TILE_BITS + x + 0.5) * unit, (at.y * 2 ** TILE_BITS + y + 0.5) * unit] as const;
        const mercator = Math.PI * (1 - (2 * world[1]) / 2 ** WORLD_BITS);
        return {
          id: 100_000 + i,
          kind: i % 4 === 0 ? 'collection' : 'event',
          category: 'traffic',
          urgency: i % 50 === 0 ? 'critical' : 'normal',
          state: 'reported',
          occurred_at: new Date((1_700_000_000 + i) * 1000),
          point: [(world[0] / 2 ** WORLD_BITS - 0.5) * 360, (Math.atan(Math.sinh(mercator)) * 180) / Math.PI],
          grid_id: null,
          village_code: null,
          township_code: null,
        };
      });
    const tileOf = (n: number) => new IncidentTiles(buildColumns(records(n), DICTIONARY), true).tile(at, ALL)!;
    let [most, least] = [1000, 20_000];
    while (least - most > 1) {
      const middle = (most + least) >> 1;
      if (decoded(tileOf(middle))[0]!.properties.binned) least = middle;
      else most = middle;
    }
    const full = tileOf(most);
    expect(decoded(full)).toHaveLength(most);
    expect(full.length).toBeLessThanOrEqual(RAW_BYTES);
    // One point more is some thirty bytes more.
    expect(full.length).toBeGreaterThan(RAW_BYTES - 60);

    const cells = decoded(tileOf(least));
    const sum = (name: string) => cells.reduce((all, f) => all + (f.properties[name] as number), 0);
    expect(sum('count')).toBe(least);
    expect(sum('weight')).toBe(records(least).filter((one) => one.kind !== 'collection').length);
    expect(cells.some((f) => f.properties.urgency === 'critical')).toBe(true);
    const side = 2 ** (TILE_BITS - CELL_BITS[0]);
    const places = new Set<string>();
    for (const cell of cells) {
      expect(cell.id).toBeUndefined();
      expect(cell.properties).toMatchObject({ binned: true, synthetic: true });
      expect(cell.properties).not.toHaveProperty('state');
      const point = cell.loadGeometry()[0]![0]!;
      expect([point.x % side, point.y % side]).toEqual([side / 2, side / 2]);
      places.add(`${point.x} ${point.y}`);
    }
    expect(places.size).toBe(cells.length);
  });

  it('takes larger cells where points lie in nearly all of them, and never passes 150 KB', () => {
    const columns = buildColumns(
      Array.from(
        { length: 60_000 },
        (_, i): IncidentRecord => ({
          id: i + 1,
          kind: 'event',
          category: 'traffic',
          urgency: 'normal',
          state: 'reported',
          occurred_at: new Date(1_700_000_000_000),
          point: [((i % 300) / 300) * 360 - 179.9, Math.floor(i / 300) * 0.85 - 84.9],
          grid_id: null,
          village_code: null,
          township_code: null,
        }),
      ),
      DICTIONARY,
    );
    const bytes = new IncidentTiles(columns, true).tile({ z: 0, x: 0, y: 0 }, ALL)!;
    expect(bytes.length).toBeLessThanOrEqual(RAW_BYTES);
    const cells = decoded(bytes);
    expect(cells.length).toBeLessThanOrEqual(4 ** CELL_BITS[1]);
    expect(cells.reduce((all, f) => all + (f.properties.count as number), 0)).toBe(60_000);
  });

  it('is no tile beyond the deepest zoom, nor where there are no incidents', () => {
    const [one] = fc.sample(record(1), 1);
    const tiles = new IncidentTiles(buildColumns([{ ...one!, point: [102.9, 37.5] }], DICTIONARY), true);
    expect(tiles.tile({ z: 0, x: 0, y: 0 }, ALL)).not.toBeNull();
    expect(tiles.tile({ z: MAX_ZOOM + 1, x: 0, y: 0 }, ALL)).toBeNull();
    expect(new IncidentTiles(buildColumns([], DICTIONARY), true).tile({ z: 0, x: 0, y: 0 }, ALL)).toBeNull();
  });
});
