/**
 * A county as it is loaded: from generation (`gulang`) or from a profile folder, by the same code.
 * All points are `[lon, lat]` in degrees, WGS 84 / CGCS2000, on the 1e-7° lattice.
 */
import type { Mesh } from '../mesh/mesh.ts';

export type LonLat = readonly [lon: number, lat: number];
/** A calendar day in the county's time zone, `YYYY-MM-DD`. */
export type IsoDay = string;

export type DivisionLevel = 'county' | 'township' | 'village';
export type GridClass = 'community' | 'rural' | 'special';
/** 专职 · 创稳 · 辅助 */
export type WorkerKind = 'full_time' | 'stability' | 'auxiliary';

export interface Category {
  /** Stable key, lower-case ASCII. */
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
}

export interface CountyProfile {
  /** Division code of the county, 6 digits in China. */
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  /** IANA name; days are counted in it. */
  readonly time_zone: string;
  /** Id of a preset in `code/scheme`, e.g. `cn-grid-15` or `opaque`. */
  readonly code_scheme: string;
  /** Where the figures come from; printed on every output. */
  readonly source_line: string;
  /** True for generated data: 演示数据·非真实情况 on every feature, screen and export. */
  readonly synthetic: boolean;
  /** The county's own dictionary of incident categories, in display order; an incident's category is one of these codes. */
  readonly categories: readonly Category[];
}

export interface Division {
  readonly code: string;
  /** Official name, e.g. 峡峰村民委员会. */
  readonly name: string;
  /** Name for maps and lists, e.g. 峡峰村. */
  readonly short_name: string;
  readonly name_en: string | null;
  readonly level: DivisionLevel;
  /**
   * The division that manages this one; null for the county. For the five communities of the county seat that is the
   * street unit 古浪镇街道 (620622001), although their codes begin with 古浪镇's 620622100.
   */
  readonly parent_code: string | null;
  /** False where a code is provisional or estimated. */
  readonly official: boolean;
  /** Other codes under which the division circulates; importers accept them. */
  readonly aliases: readonly string[];
  readonly seat: LonLat | null;
}

export interface Grid {
  /** Immutable identity, equal to the cell's id in the mesh. */
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly class: GridClass;
  /** 12-digit village or community by whose code the grid's code begins. */
  readonly village_code: string;
  /** The township unit that manages the grid; not always the prefix of its code. */
  readonly managing_township_code: string;
  /** 主管部门 of a special grid (dual management); null elsewhere. */
  readonly owner_unit: string | null;
}

/** A settlement cell or 村民小组/楼栋 point: counts only, no residents. */
export interface Dwelling {
  readonly id: number;
  readonly grid_id: number;
  readonly village_code: string;
  readonly point: LonLat;
  /** 常住 households and residents. */
  readonly households: number;
  readonly population: number;
  /** 户籍 (registered) households and residents; null where not known. */
  readonly registered_households: number | null;
  readonly registered_population: number | null;
}

export interface Worker {
  readonly id: number;
  /** 人员编号 shown to people, e.g. 网格员0001. */
  readonly code: string;
  readonly kind: WorkerKind;
  /** Work telephone; in demonstration data a number that cannot be real. */
  readonly work_phone: string | null;
  /** Village or community at whose office the worker reports. */
  readonly village_code: string;
}

/** Person × grid over [from, to). On the register 在册 while it lasts. */
export interface Assignment {
  readonly worker_id: number;
  readonly grid_id: number;
  /** `own` 主责; `cover` 顶岗/代管 while another is away. */
  readonly duty: 'own' | 'cover';
  readonly from: IsoDay;
  readonly to: IsoDay | null;
}

/** 离岗: a worker who is away is 在册 and not 在岗 over [from, to). */
export interface Absence {
  readonly worker_id: number;
  readonly reason: 'leave' | 'sick' | 'training' | 'seconded' | 'vacated';
  readonly from: IsoDay;
  readonly to: IsoDay | null;
}

export interface Staff {
  readonly workers: readonly Worker[];
  readonly assignments: readonly Assignment[];
  readonly absences: readonly Absence[];
}

export interface Centre {
  readonly id: number;
  readonly name: string;
  readonly level: DivisionLevel;
  /** The division that the centre serves. */
  readonly division_code: string;
  /** “枫桥式” model centre. */
  readonly fengqiao: boolean;
  readonly point: LonLat;
}

export interface County {
  readonly profile: CountyProfile;
  readonly divisions: readonly Division[];
  readonly grids: readonly Grid[];
  /** One cell a grid. */
  readonly mesh: Mesh;
  readonly dwellings: readonly Dwelling[];
  /** Null where the county has given none: coverage is then unknown, not vacant. */
  readonly staff: Staff | null;
  readonly centres: readonly Centre[];
}
