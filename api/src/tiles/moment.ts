/** What tiles are made of, all of it in memory and of one moment. */
import type { DwellingColumns } from '@wangge/geodata/tiles/dwelling-tile';
import type { Ground } from '../county/ground.ts';
import type { Models } from '../county/models.ts';
import type { DataVersion } from '../county/version.ts';
import { DwellingModel } from '../dwellings/columns.ts';
import type { Tiling } from '../grids/tiling.ts';
import type { IncidentsAt } from '../incidents/read-model.ts';

export interface Moment {
  readonly version: DataVersion;
  readonly ground: Ground;
  readonly tiling: Tiling;
  readonly dwellings: DwellingColumns;
  readonly incidents: IncidentsAt;
}

/** The present moment: at once where it is known, else as soon as it has been read. */
export type Current = () => Moment | Promise<Moment>;

/**
 * Asks the database for its version each time, and reads what has changed since.
 * @throws Problem 503 where no county is loaded.
 */
export function currentOf(models: Models): Current {
  const dwellings = new DwellingModel(models.db);
  let last: Moment | null = null;
  let asked = 0;
  let adopted = 0;
  return async () => {
    const turn = ++asked;
    const version = await models.version();
    if (last && same(last.version, version)) return last;
    const [ground, tiling, points, incidents] = await Promise.all([
      models.ground(version),
      models.tiling(version),
      dwellings.at(version),
      models.incidents(version),
    ]);
    // Who asked later has read no less.
    if (last && turn < adopted) return last;
    adopted = turn;
    last = { version, ground, tiling, dwellings: points, incidents };
    return last;
  };
}

const same = (a: DataVersion, b: DataVersion): boolean =>
  a.county === b.county && a.ground === b.ground && a.revision === b.revision && a.today === b.today;
