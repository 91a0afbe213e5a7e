/**
 * What the page gives to the map and hears from it. All contact with MapLibre and deck.gl stays behind this file.
 *
 * Coordinates are `[lon, lat]` in degrees, WGS 84 / CGCS2000. Words arrive translated in `words`; the map itself knows
 * no language but the names in the data.
 */
import type { DivisionLevel, GridClass, WorkerKind } from '@wangge/geodata/county/county';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import type { Urgency } from '@wangge/geodata/incidents/incident';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { Ref } from 'react';

export type AreaLevel = DivisionLevel | 'grid';
export type Scheme = 'light' | 'dark';
/** own 有主责在岗 · shared 顶岗/代管 · vacant 空岗 · unknown 无数据 */
export type CoverageClass = 'own' | 'shared' | 'vacant' | 'unknown';
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Properties of `/ogc/collections/grids/items` that the map reads; others are ignored. */
export interface GridProperties {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly class: GridClass;
  readonly village_code: string;
  readonly village_name: string;
  readonly managing_township_code: string;
  readonly area_km2: number;
  readonly coverage: CoverageClass;
}
export type GridFeatures = FeatureCollection<Polygon | MultiPolygon, GridProperties>;

/** Properties of `/ogc/collections/divisions/items` that the map reads. A division without a grid has no geometry: leave it out. */
export interface DivisionProperties {
  readonly code: string;
  readonly name: string;
  /** Short name for labels; `name` where absent. */
  readonly short_name?: string | null;
  readonly name_en?: string | null;
  readonly level: DivisionLevel;
  readonly parent_code: string | null;
}
/** County, townships and villages; the county's own outline is derived from the grids when it is missing. */
export type DivisionFeatures = FeatureCollection<Polygon | MultiPolygon, DivisionProperties>;

export interface Selection {
  readonly level: AreaLevel;
  readonly code: string;
}

/** Density of reports on a grid whose rows and columns are even in Web Mercator. */
export interface DensityGrid {
  readonly width: number;
  readonly height: number;
  readonly bounds: Bounds;
  /** 件/km², row by row, the northern row first. */
  readonly values: Float32Array;
}
export interface HeatPicture {
  readonly density: DensityGrid;
  /** Lower bounds of the classes in 件/km², ascending, fixed for the measure; below the first nothing is drawn. */
  readonly breaks: readonly number[];
}

export interface StaffingPoint {
  readonly id: number | string;
  readonly lon: number;
  readonly lat: number;
  readonly kind: WorkerKind;
  readonly on_post: boolean;
  readonly grid_code: string;
}
export interface CentrePoint {
  readonly id: number | string;
  readonly lon: number;
  readonly lat: number;
  readonly name: string;
  readonly level: DivisionLevel;
  readonly fengqiao: boolean;
}
export interface DwellingPoint {
  readonly id: number | string;
  readonly lon: number;
  readonly lat: number;
  readonly households: number;
  readonly population: number;
}
/** The reports that the page's window and filters leave; the map draws those in view at close zoom. */
export interface IncidentPoints {
  readonly columns: IncidentColumns;
  /** Row numbers, ascending; null for all rows. */
  readonly rows: Uint32Array | null;
}

/** A report to be seen at its place: one ring at its point, or along the outline of the area in which it is known to lie. */
export interface Spot {
  readonly id: number;
  readonly urgency: Urgency;
  readonly point: readonly [lon: number, lat: number] | null;
  /** Where there is no point; null where nothing is known of the place: then nothing is drawn. */
  readonly area: Selection | null;
}

/** What lies under the pointer, for tooltips. */
export type Picked =
  | { readonly kind: 'grid'; readonly code: string }
  | { readonly kind: 'office'; readonly lon: number; readonly lat: number; readonly points: readonly StaffingPoint[] }
  | { readonly kind: 'staffing'; readonly point: StaffingPoint }
  | { readonly kind: 'incident'; readonly row: number }
  | { readonly kind: 'centre'; readonly point: CentrePoint }
  | { readonly kind: 'dwelling'; readonly point: DwellingPoint };

export interface Camera {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
}
export interface Padding {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
export interface MapLayers {
  readonly fill: boolean;
  readonly heat: boolean;
  readonly staffing: boolean;
  readonly coverage: boolean;
  readonly points: boolean;
  readonly labels: boolean;
  readonly centres: boolean;
  readonly dwellings: boolean;
}

/** Sentences and titles of the map in the reader's language. */
export interface MapWords {
  /** Accessible name, e.g. 古浪县网格地图. */
  readonly map: string;
  /** How to use it by keyboard, and where the same facts stand as a table. */
  readonly instructions: string;
  /** Heading of the enlarged town grids, e.g. 城区放大图. */
  readonly inset: string;
  readonly show: string;
  readonly hide: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  /** Whole selected area in view. */
  readonly fit: string;
  /** 北 */
  readonly north: string;
  /** Title and sentence where the map cannot be drawn. */
  readonly unavailable: string;
  readonly unavailableDetail: string;
}

/** Milliseconds that a pulse lasts; without motion a ring stands still for longer, and fades. */
export const PULSE_MS = 1200;
export const STILL_MS = 4000;

export type UnavailableReason = 'no-webgl2' | 'context-lost' | 'failed';

/** Pictures and camera on demand; null until the first picture stands. */
export interface MapHandle {
  /** The map as drawn now (land, heat, points, labels; not the inset and panels), as PNG. Rejects where there is no picture. */
  image(): Promise<Blob>;
  /** Brings the selected area into view. */
  fit(): void;
  focus(): void;
}

export interface MapViewProps {
  readonly ref?: Ref<MapHandle>;
  readonly grids: GridFeatures;
  readonly divisions: DivisionFeatures;
  /** Colour class of each grid by code: index into `palette`; null = no data (hatched). A grid that is missing has no data. */
  readonly classes: ReadonlyMap<string, number | null>;
  /** At most six colours from `palette.ts`, first class first. */
  readonly palette: readonly string[];
  readonly selected: Selection;
  /** Grid that a list or table points at; outlined like a hovered one. */
  readonly highlighted?: string | null;
  readonly layers: MapLayers;
  readonly heat: HeatPicture | null;
  readonly staffing: readonly StaffingPoint[] | null;
  readonly centres: readonly CentrePoint[] | null;
  readonly dwellings: readonly DwellingPoint[] | null;
  readonly incidents: IncidentPoints | null;
  /**
   * Reports that have just come in: each calmly pulses once, from when its id is first there. The page takes it away after
   * `PULSE_MS`, or `STILL_MS` where motion is not wanted.
   */
  readonly pulses?: readonly Spot[];
  /** The report whose page is open: marked as long as it is. */
  readonly marked?: Spot | null;
  readonly scheme: Scheme;
  readonly reduceMotion: boolean;
  /**
   * Where to look. Null: fit the selected area. A camera that arrives together with another selection wins over the fit,
   * so that back and forward return to the same picture.
   */
  readonly camera: Camera | null;
  /** Pixels covered by floating panels on each side. */
  readonly padding: Padding;
  /** Text, lines and markers so many times as large, for those who stand far away; 1 where absent. Never changes in the life of a map. */
  readonly magnified?: number;
  readonly words: MapWords;
  readonly printing?: boolean;
  /** At most 4 times a second, and once at rest. */
  readonly onCameraChange?: (camera: Camera) => void;
  /** One level deeper inside the selected area, else the township that was clicked; Escape goes one level up. */
  readonly onSelect?: (level: AreaLevel, code: string) => void;
  /** Grid under the pointer. */
  readonly onHover?: (code: string | null) => void;
  /** What lies under the pointer with its place in CSS pixels of the map's box; null when nothing does. */
  readonly onPick?: (picked: Picked | null, at: { readonly x: number; readonly y: number }) => void;
  /** A point (not a grid) was clicked. */
  readonly onOpen?: (picked: Picked) => void;
  /** Right click or long press. */
  readonly onLocate?: (lon: number, lat: number) => void;
  /** 显示 n / m: reports drawn, and reports with a point in view. Null where zoom or switch draw none. */
  readonly onPointsShown?: (count: { readonly shown: number; readonly inView: number } | null) => void;
  readonly onUnavailable?: (reason: UnavailableReason) => void;
}
