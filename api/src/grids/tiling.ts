/** Where a point lies in the current edition: the same answer as `grid_at()` in the database, from memory. */
import { meshFromFeatures } from '@wangge/geodata/mesh/geojson';
import { type Locator, meshLocator } from '@wangge/geodata/mesh/locate';
import type { Mesh } from '@wangge/geodata/mesh/mesh';
import type { MultiPolygon } from 'geojson';
import type { DataVersion } from '../county/version.ts';
import type { Database } from '../db/database.ts';
import { gridGeometry } from './queries.ts';

export interface Tiling {
  readonly mesh: Mesh;
  readonly locate: Locator;
  /** GeoJSON geometry by grid id. */
  readonly geometry: ReadonlyMap<number, string>;
  /** [west, south, east, north] of all grids, degrees. */
  readonly bbox: readonly [number, number, number, number];
}

async function readTiling(db: Database, county: string): Promise<Tiling> {
  const rows = await gridGeometry(db, county);
  const features = rows.map((row) => ({ id: row.id, geometry: JSON.parse(row.geometry) as MultiPolygon }));
  const bbox: [number, number, number, number] = [180, 90, -180, -90];
  for (const { geometry } of features) {
    for (const position of geometry.coordinates.flat(2)) {
      const [lon, lat] = position as [number, number];
      bbox[0] = Math.min(bbox[0], lon);
      bbox[1] = Math.min(bbox[1], lat);
      bbox[2] = Math.max(bbox[2], lon);
      bbox[3] = Math.max(bbox[3], lat);
    }
  }
  const mesh = meshFromFeatures(features);
  return {
    mesh,
    locate: meshLocator(mesh),
    geometry: new Map(rows.map((row) => [row.id, row.geometry])),
    bbox,
  };
}

/** The tiling of the current edition, read once an edition. */
export class TilingModel {
  #tiling: Promise<Tiling> | null = null;
  #key = '';

  constructor(readonly db: Database) {}

  at(version: DataVersion): Promise<Tiling> {
    // Grids change only with an edition; the rest of the ground's version is left out, so that staff changes cost nothing.
    const key = `${version.county}.${version.edition}`;
    if (this.#tiling === null || this.#key !== key) {
      const reading = readTiling(this.db, version.county);
      this.#key = key;
      this.#tiling = reading;
      reading.catch(() => {
        if (this.#tiling === reading) this.#tiling = null;
      });
    }
    return this.#tiling;
  }
}
