/** What a process keeps in memory of its county, each part at the version asked for. */
import type { Database } from '../db/database.ts';
import { type Tiling, TilingModel } from '../grids/tiling.ts';
import { BodyCache } from '../http/body-cache.ts';
import { IncidentReadModel, type IncidentsAt } from '../incidents/read-model.ts';
import { type Ground, GroundModel } from './ground.ts';
import { type DataVersion, versionReader } from './version.ts';

/** A few county-years of columns, the grids, and a hundred overviews. */
const BODY_BYTES = 96 * 1024 * 1024;

export interface Models {
  readonly db: Database;
  readonly clock: () => Date;
  readonly bodies: BodyCache;
  /** Never older than the call. @throws Problem 503 where no county is loaded. */
  version(): Promise<DataVersion>;
  ground(version: DataVersion): Promise<Ground>;
  tiling(version: DataVersion): Promise<Tiling>;
  incidents(version: DataVersion): Promise<IncidentsAt>;
}

export function openModels(db: Database, clock: () => Date): Models {
  const version = versionReader(db, clock);
  const grounds = new GroundModel(db, clock);
  const tilings = new TilingModel(db);
  const incidents = new IncidentReadModel(db);
  return {
    db,
    clock,
    bodies: new BodyCache(BODY_BYTES),
    version,
    ground: (at) => grounds.at(at),
    tiling: (at) => tilings.at(at),
    incidents: async (at) => await incidents.advance(await grounds.at(at), at.revision),
  };
}
