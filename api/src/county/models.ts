/** What a process keeps in memory of its county, each part at the version asked for. */
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { type Tiling, TilingModel } from '../grids/tiling.ts';
import { BodyCache } from '../http/body-cache.ts';
import { IncidentReadModel, type IncidentsAt, type IncidentsListener } from '../incidents/read-model.ts';
import { Feed } from '../live/feed.ts';
import { addDays, startOfDay } from './day.ts';
import { type Ground, GroundModel } from './ground.ts';
import { heldCounty } from './held.ts';
import { type DataVersion, versionReader } from './version.ts';

/** A few county-years of columns, the grids, and a hundred overviews. */
const BODY_BYTES = 96 * 1024 * 1024;

export interface Models {
  readonly db: Database;
  readonly clock: () => Date;
  readonly bodies: BodyCache;
  readonly feed: Feed;
  /** Never older than the call. @throws Problem 503 where no county is loaded. */
  version(): Promise<DataVersion>;
  ground(version: DataVersion): Promise<Ground>;
  tiling(version: DataVersion): Promise<Tiling>;
  incidents(version: DataVersion): Promise<IncidentsAt>;
  /**
   * All of it as the feed has read it so far. While the feed follows the outbox this costs no round trip, and may lag a
   * commit by milliseconds; otherwise, and where something must be read first, it is as `version()` tells.
   * @throws Problem 503 where no county is loaded.
   */
  current(): Current | Promise<Current>;
  /** Calls `listener` after each change of the incidents in memory. */
  onIncidents(listener: IncidentsListener): void;
  /** Follows the outbox from here on. @returns how to stop */
  follow(): () => Promise<void>;
}

export interface Current {
  readonly version: DataVersion;
  readonly ground: Ground;
  readonly tiling: Tiling;
  readonly incidents: IncidentsAt;
}

export interface ModelOptions {
  readonly clock: () => Date;
  readonly log: Pick<Logger, 'warn'>;
  /** Bytes of answers that are kept; 0 keeps none. */
  readonly bodyBytes?: number | undefined;
}

export function openModels(db: Database, { clock, log, bodyBytes }: ModelOptions): Models {
  const version = versionReader(db, clock);
  const feed = new Feed(db, clock, log);
  const grounds = new GroundModel(db, clock);
  const tilings = new TilingModel(db);
  const incidents = new IncidentReadModel(db, feed, clock);
  const incidentsAt = async (at: DataVersion) => await incidents.advance(await grounds.at(at), at.position);

  let following = false;
  let latest: Current | null = null;
  /** When `latest` is of yesterday. */
  let dayEnds = 0;
  const read = async (): Promise<Current> => {
    const at = await version();
    const [ground, tiling, columns] = await Promise.all([grounds.at(at), tilings.at(at), incidentsAt(at)]);
    const found = { version: at, ground, tiling, incidents: columns };
    // An event that the feed has read meanwhile may say that this ground is no longer it.
    if (at.position >= feed.position) {
      latest = found;
      dayEnds = startOfDay(addDays(at.today, 1), at.time_zone).getTime();
    }
    return found;
  };
  feed.listen((events) => {
    // Read anew when next asked for; incidents alone are taken from memory.
    if (events.some(({ kind }) => kind !== 'incident')) latest = null;
  });
  return {
    db,
    clock,
    bodies: new BodyCache(bodyBytes ?? BODY_BYTES),
    feed,
    version,
    ground: (at) => grounds.at(at),
    tiling: (at) => tilings.at(at),
    incidents: incidentsAt,
    current() {
      if (!following || latest === null || clock().getTime() >= dayEnds) return read();
      if (latest.version.position === feed.position) return latest;
      const columns = incidents.current(latest.ground);
      if (columns === null) return read();
      const { position } = feed;
      latest = { ...latest, incidents: columns, version: { ...latest.version, position, incidents: position } };
      return latest;
    },
    onIncidents: (listener) => incidents.listen(listener),
    follow() {
      following = true;
      const stop = feed.follow(async () => (await heldCounty(db))?.code ?? null);
      return async () => {
        following = false;
        await stop();
      };
    },
  };
}
