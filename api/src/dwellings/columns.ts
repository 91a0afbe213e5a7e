/** The dwellings of the county in memory: some ten thousand points, read again when the ground changes. */
import type { DwellingColumns } from '@wangge/geodata/tiles/dwelling-tile';
import type { DataVersion } from '../county/version.ts';
import type { Queries } from '../db/database.ts';
import { dwellingPoints } from './queries.ts';

export class DwellingModel {
  #columns: Promise<DwellingColumns> | null = null;
  #version = '';

  constructor(readonly db: Queries) {}

  at(version: DataVersion): Promise<DwellingColumns> {
    if (this.#columns === null || this.#version !== version.ground) {
      const reading = dwellingPoints(this.db, version.county).then((rows) => ({
        id: Uint32Array.from(rows, (d) => d.id),
        lon: Int32Array.from(rows, (d) => d.lon),
        lat: Int32Array.from(rows, (d) => d.lat),
        households: Uint32Array.from(rows, (d) => d.households),
        population: Uint32Array.from(rows, (d) => d.population),
      }));
      this.#version = version.ground;
      this.#columns = reading;
      reading.catch(() => {
        if (this.#columns === reading) this.#columns = null;
      });
    }
    return this.#columns;
  }
}
