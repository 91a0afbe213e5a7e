/**
 * The ground in memory: county, divisions, grids, staff, dwellings and centres at one version of the data. Small (hundreds
 * of grids, thousands of people), read whole in one transaction and kept until the version changes.
 */
import { SCHEMES } from '@wangge/geodata/code/scheme';
import type { IsoDay } from '@wangge/geodata/county/county';
import { type CoverageOfDay, coverageOn } from '@wangge/geodata/staffing/coverage';
import { sql } from 'drizzle-orm';
import { type CentreRow, centreRows } from '../centres/queries.ts';
import type { Database } from '../db/database.ts';
import { type DivisionRow, divisionRows } from '../divisions/queries.ts';
import { type Residents, residentsByGrid } from '../dwellings/queries.ts';
import { type GridRow, gridRows } from '../grids/queries.ts';
import { staffRows } from '../staffing/queries.ts';
import { type CountyRow, countyRow } from './queries.ts';
import { type DataVersion, versionShown } from './version.ts';

export interface GroundRows {
  readonly version: DataVersion;
  readonly county: CountyRow;
  readonly divisions: readonly DivisionRow[];
  readonly grids: readonly GridRow[];
  readonly staff: Awaited<ReturnType<typeof staffRows>>;
  readonly residents: readonly Residents[];
  readonly centres: readonly CentreRow[];
}

export class Ground {
  readonly version: DataVersion;
  readonly county: CountyRow;
  readonly synthetic: boolean;
  readonly divisions: readonly DivisionRow[];
  readonly grids: readonly GridRow[];
  readonly staff: GroundRows['staff'];
  readonly centres: readonly CentreRow[];
  /** Of the county's dictionary, in display order. */
  readonly categoryCodes: readonly string[];
  /** The division that is the county; its code need not be the county's key. */
  readonly root: DivisionRow;
  readonly divisionByCode: ReadonlyMap<string, DivisionRow>;
  readonly levels: ReadonlyMap<string, DivisionRow['level']>;
  /** By code and by every alias; a code goes before an alias. */
  readonly divisionByAnyCode: ReadonlyMap<string, DivisionRow>;
  readonly gridById: ReadonlyMap<number, GridRow>;
  readonly gridByCode: ReadonlyMap<string, GridRow>;
  readonly residentsByGrid: ReadonlyMap<number, Residents>;
  readonly hasDwellings: boolean;
  readonly #gridsUnder: ReadonlyMap<string, readonly GridRow[]>;
  readonly #centresUnder: ReadonlyMap<string, readonly CentreRow[]>;
  readonly #coverage = new Map<IsoDay, CoverageOfDay>();

  constructor(rows: GroundRows) {
    this.version = rows.version;
    this.county = rows.county;
    this.synthetic = rows.county.origin === 'demonstration';
    this.divisions = rows.divisions;
    this.grids = rows.grids;
    this.staff = rows.staff;
    this.centres = rows.centres;
    this.categoryCodes = rows.county.categories.map((c) => c.code);
    this.divisionByCode = new Map(rows.divisions.map((d) => [d.code, d]));
    this.levels = new Map(rows.divisions.map((d) => [d.code, d.level]));
    this.divisionByAnyCode = new Map([
      ...rows.divisions.flatMap((d) => d.aliases.map((alias) => [alias, d] as const)),
      ...this.divisionByCode,
    ]);
    const root = rows.divisions.find((d) => d.parent_code === null);
    if (!root) throw new Error(`county ${rows.county.code} has no division of level county`);
    this.root = root;
    this.gridById = new Map(rows.grids.map((g) => [g.id, g]));
    this.gridByCode = new Map(rows.grids.map((g) => [g.code, g]));
    this.residentsByGrid = new Map(rows.residents.map((r) => [r.grid_id, r]));
    this.hasDwellings = rows.residents.length > 0;
    this.#gridsUnder = this.#byDivision(rows.grids, (g) => g.village_code);
    this.#centresUnder = this.#byDivision(rows.centres, (c) => c.division_code);
  }

  /** Staff and coverage on a day, kept for the days last asked for. */
  coverage(day: IsoDay): CoverageOfDay {
    let found = this.#coverage.get(day);
    if (!found) {
      found = coverageOn(this, this.staff, day);
      if (this.#coverage.size >= 40) this.#coverage.delete(this.#coverage.keys().next().value!);
      this.#coverage.set(day, found);
    }
    return found;
  }

  /** The division's ancestors, county first, itself last. */
  pathTo(division: DivisionRow): DivisionRow[] {
    const parent = division.parent_code === null ? undefined : this.divisionByCode.get(division.parent_code);
    return parent ? [...this.pathTo(parent), division] : [division];
  }

  /** The grids of a division: those of its villages. */
  gridsUnder(division: DivisionRow): readonly GridRow[] {
    return this.#gridsUnder.get(division.code) ?? [];
  }

  /** The centres that serve a division or one within it. */
  centresUnder(division: DivisionRow): readonly CentreRow[] {
    return this.#centresUnder.get(division.code) ?? [];
  }

  /** Items by each division that holds them, in the order of the items. */
  #byDivision<T>(items: readonly T[], divisionCode: (item: T) => string): Map<string, T[]> {
    const held = new Map<string, T[]>();
    for (const item of items) {
      const division = this.divisionByCode.get(divisionCode(item));
      for (const above of division ? this.pathTo(division) : []) {
        const list = held.get(above.code);
        if (list) list.push(item);
        else held.set(above.code, [item]);
      }
    }
    return held;
  }

  /**
   * The township by whose nine digits a village's code begins, which differs from the one that manages it for the
   * communities of a street unit; under a scheme without division digits, the village's parent.
   */
  codedTownship(villageCode: string): DivisionRow {
    const coded = SCHEMES[this.county.code_scheme]?.division === 12 ? villageCode.slice(0, 9) : null;
    const parent = this.divisionByCode.get(villageCode)?.parent_code;
    return this.divisionByCode.get(coded ?? '') ?? this.divisionByCode.get(parent ?? '') ?? this.root;
  }
}

/** Reads the ground in one snapshot. */
export async function readGround(db: Database, now: Date): Promise<Ground> {
  return await db.transaction(async (tx) => {
    await tx.run(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
    const version = await versionShown(tx, now);
    const code = version.county;
    return new Ground({
      version,
      county: (await countyRow(tx, code))!,
      divisions: await divisionRows(tx, code),
      grids: await gridRows(tx, code),
      staff: await staffRows(tx, code),
      residents: await residentsByGrid(tx, code),
      centres: await centreRows(tx, code),
    });
  });
}

/** The ground at the version asked for, or a later one; read again only when the version has changed. */
export class GroundModel {
  #ground: Promise<Ground> | null = null;
  #version = '';

  constructor(
    readonly db: Database,
    readonly clock: () => Date,
  ) {}

  at(version: DataVersion): Promise<Ground> {
    if (this.#ground === null || this.#version !== version.ground) {
      const reading = readGround(this.db, this.clock());
      this.#version = version.ground;
      this.#ground = reading;
      reading.catch(() => {
        if (this.#ground === reading) this.#ground = null;
      });
    }
    return this.#ground;
  }
}
