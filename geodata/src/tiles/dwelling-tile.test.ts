import { VectorTile } from '@mapbox/vector-tile';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { DwellingTiles } from './dwelling-tile.ts';
import { RAW_BYTES, worldPoint } from './points.ts';
import { MAX_ZOOM, WORLD_BITS } from './world.ts';

const dwelling = fc.record({
  lon: fc.integer({ min: 1_028_000_000, max: 1_032_000_000 }),
  lat: fc.integer({ min: 373_000_000, max: 376_000_000 }),
  households: fc.nat({ max: 400 }),
  population: fc.nat({ max: 2000 }),
});
type Dwelling = Record<'lon' | 'lat' | 'households' | 'population', number>;

const columnsOf = (all: readonly Dwelling[]) => ({
  id: Uint32Array.from(all, (_, i) => i + 1),
  lon: Int32Array.from(all, (d) => d.lon),
  lat: Int32Array.from(all, (d) => d.lat),
  households: Uint32Array.from(all, (d) => d.households),
  population: Uint32Array.from(all, (d) => d.population),
});

const featuresOf = (bytes: Uint8Array | null) => {
  if (bytes === null) return [];
  const layer = new VectorTile(new PbfReader(bytes)).layers.dwellings!;
  return Array.from({ length: layer.length }, (_, i) => layer.feature(i));
};

describe('a tile of dwellings', () => {
  it('holds each dwelling in the one tile of a zoom in which it lies, with its residents', () => {
    fc.assert(
      fc.property(
        fc.array(dwelling, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: MAX_ZOOM }),
        (all, z) => {
          const tiles = new DwellingTiles(columnsOf(all), false);
          const places = all.map(
            (d) => worldPoint(d.lon, d.lat)!.map((n) => n >> (WORLD_BITS - z)) as [number, number],
          );
          for (const [x, y] of new Map(places.map((p) => [p.join(), p])).values()) {
            const found = featuresOf(tiles.tile({ z, x, y }));
            const expected = all.flatMap((d, i) =>
              places[i]![0] === x && places[i]![1] === y ? [{ id: i + 1, ...d }] : [],
            );
            expect(found.map((f) => ({ id: f.id, ...f.properties }))).toEqual(
              expected.map(({ id, households, population }) => ({ id, households, population, synthetic: false })),
            );
          }
        },
      ),
    );
  });

  it('sums households and residents by cell where it would pass 150 KB', () => {
    const all = Array.from({ length: 30_000 }, (_, i) => ({
      lon: 1_029_000_000 + ((i * 7919) % 900_000),
      lat: 374_000_000 + ((i * 104_729) % 600_000),
      households: i % 90,
      population: i % 300,
    }));
    const bytes = new DwellingTiles(columnsOf(all), true).tile({ z: 5, x: 25, y: 12 })!;
    expect(bytes.length).toBeLessThan(RAW_BYTES);
    const cells = featuresOf(bytes);
    const sum = (name: string) => cells.reduce((total, f) => total + (f.properties[name] as number), 0);
    expect(cells.every((f) => f.properties.binned === true && f.id === undefined)).toBe(true);
    expect([sum('count'), sum('households'), sum('population')]).toEqual([
      all.length,
      all.reduce((total, d) => total + d.households, 0),
      all.reduce((total, d) => total + d.population, 0),
    ]);
  });

  it('is none where nobody lives, and beyond the deepest zoom', () => {
    const tiles = new DwellingTiles(
      columnsOf([{ lon: 1_029_000_000, lat: 374_000_000, households: 1, population: 2 }]),
      true,
    );
    expect(tiles.tile({ z: 3, x: 0, y: 0 })).toBeNull();
    expect(tiles.tile({ z: MAX_ZOOM + 1, x: 0, y: 0 })).toBeNull();
    expect(new DwellingTiles(columnsOf([]), true).tile({ z: 0, x: 0, y: 0 })).toBeNull();
  });
});
