/** Markers of the map as plain data: what deck.gl draws and what the pointer finds are the same list. */
import { URGENCIES, type Urgency } from '@wangge/geodata/incidents/incident';
import type { Feature, FeatureCollection, Point } from 'geojson';
import type { CentrePoint, DwellingPoint, IncidentPoints, MapLayers, Picked, StaffingPoint } from './contract.ts';
import { byPlace, spiral } from './spread.ts';
import { pointOf } from './view.ts';

/** From this zoom the workers of an office stand apart; below it the office is one disc with their number. */
export const STAFFING_APART = 11;
/** From this zoom an office's disc is large enough for its number. */
export const NUMBERS_FROM = 9.6;
/** From this zoom single reports are drawn; below it heat and fills speak for them. */
export const INCIDENTS_FROM = 11.5;

export type IconName =
  | `${StaffingPoint['kind']}-${'on' | 'off'}`
  | `centre-${CentrePoint['level']}${'-fengqiao' | ''}`
  | `incident-${Urgency}`
  | 'dwelling'
  | 'office'
  | 'office-gap';

export interface Marker {
  readonly lon: number;
  readonly lat: number;
  /** Offset in CSS pixels. */
  readonly dx: number;
  readonly dy: number;
  readonly icon: IconName;
  /** Diameter in CSS pixels. */
  readonly size: number;
  /** Number written on it; '' for none. */
  readonly text: string;
  /** The number stands on paper colour instead of the marker's own. */
  readonly dark: boolean;
  readonly picked: Picked;
}

export interface MarkerInput {
  readonly layers: Pick<MapLayers, 'staffing' | 'centres' | 'dwellings' | 'points'>;
  readonly staffing: readonly StaffingPoint[] | null;
  readonly centres: readonly CentrePoint[] | null;
  readonly dwellings: readonly DwellingPoint[] | null;
  readonly incidents: IncidentPoints | null;
  /** Rows of `incidents` to draw. */
  readonly rows: readonly number[];
  readonly zoom: number;
}

const KIND_SIZE = { full_time: 14, stability: 12, auxiliary: 10 } as const;
const KIND_ORDER = { full_time: 0, stability: 1, auxiliary: 2 } as const;
const CENTRE_SIZE = { county: 26, township: 19, village: 12 } as const;
const URGENCY_SIZE = { normal: 9, urgent: 13, critical: 16 } as const;

/** In drawing order: what comes later lies on top. */
export function markersOf(input: MarkerInput): Marker[] {
  const out: Marker[] = [];
  if (input.layers.dwellings) for (const point of input.dwellings ?? []) out.push(dwelling(point, input.zoom));
  if (input.layers.points && input.incidents) out.push(...incidents(input.incidents, input.rows));
  if (input.layers.centres) out.push(...centres(input.centres ?? [], input.zoom));
  if (input.layers.staffing) out.push(...staffing(input.staffing ?? [], input.zoom));
  return out;
}

const still = { dx: 0, dy: 0, text: '', dark: false };

function dwelling(point: DwellingPoint, zoom: number): Marker {
  const size = Math.min(3 + Math.sqrt(point.households) / 3, 11) * Math.min(Math.max((zoom - 6) / 5, 0.5), 1.4);
  return { ...still, lon: point.lon, lat: point.lat, icon: 'dwelling', size, picked: { kind: 'dwelling', point } };
}

function incidents({ columns }: IncidentPoints, rows: readonly number[]): Marker[] {
  return [...rows]
    .sort((a, b) => columns.urgency[a]! - columns.urgency[b]! || a - b)
    .map((row) => {
      const [lon, lat] = pointOf(columns, row);
      const urgency = URGENCIES[columns.urgency[row]!] ?? 'normal';
      return {
        ...still,
        lon,
        lat,
        icon: `incident-${urgency}` as const,
        size: URGENCY_SIZE[urgency],
        picked: { kind: 'incident', row },
      };
    });
}

function centres(points: readonly CentrePoint[], zoom: number): Marker[] {
  const order = { village: 0, township: 1, county: 2 };
  return [...points]
    .sort((a, b) => order[a.level] - order[b.level])
    .map((point) => ({
      ...still,
      lon: point.lon,
      lat: point.lat,
      icon: `centre-${point.level}${point.fengqiao ? '-fengqiao' : ''}` as const,
      size: CENTRE_SIZE[point.level] * (zoom < 9.5 ? 0.8 : 1),
      picked: { kind: 'centre', point },
    }));
}

function staffing(points: readonly StaffingPoint[], zoom: number): Marker[] {
  const out: Marker[] = [];
  for (const place of byPlace(points)) {
    const { lon, lat } = place;
    if (zoom < STAFFING_APART) {
      const gap = place.points.some((p) => p.kind === 'full_time' && !p.on_post);
      out.push({
        ...still,
        lon,
        lat,
        icon: gap ? 'office-gap' : 'office',
        size: Math.min(11 + Math.sqrt(place.points.length) * 2.2, 30) * (zoom < NUMBERS_FROM ? 0.72 : 1),
        text: zoom < NUMBERS_FROM ? '' : String(place.points.length),
        dark: gap,
        picked: { kind: 'office', lon, lat, points: place.points },
      });
      continue;
    }
    // Full-time workers stand innermost; the order is that of the data, not of any merit.
    const ordered = [...place.points].sort((a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind]);
    ordered.forEach((point, i) => {
      const [dx, dy] = spiral(i);
      out.push({
        lon,
        lat,
        dx,
        dy,
        text: '',
        dark: false,
        icon: `${point.kind}-${point.on_post ? 'on' : 'off'}`,
        size: KIND_SIZE[point.kind],
        picked: { kind: 'staffing', point },
      });
    });
  }
  return out;
}

/** Room that labels leave to the markers of offices and centres: points with a diameter in CSS pixels. */
export function occupiedBy(markers: readonly Marker[]): FeatureCollection<Point, { size: number }> {
  const room = new Map<string, Feature<Point, { size: number }>>();
  for (const { lon, lat, dx, dy, size, picked } of markers) {
    if (picked.kind === 'incident' || picked.kind === 'dwelling') continue;
    const key = `${lon},${lat}`;
    const needed = Math.max(2 * Math.hypot(dx, dy) + size * 0.7, size);
    const known = room.get(key);
    if (known) known.properties.size = Math.max(known.properties.size, needed);
    else
      room.set(key, {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [lon, lat] },
        properties: { size: needed },
      });
  }
  return { type: 'FeatureCollection', features: [...room.values()] };
}

/** Extra reach around a marker in CSS pixels, for fingers and shaky mice. */
const REACH = 2;

/**
 * The marker under a place of the screen: the nearest of those whose disc it touches, the upper one of equals.
 * @param project where a longitude and latitude lie on the screen, in CSS pixels
 */
export function markerAt(
  markers: readonly Marker[],
  project: (lon: number, lat: number) => readonly [x: number, y: number],
  x: number,
  y: number,
): Marker | null {
  let found: Marker | null = null;
  let best = Infinity;
  for (const marker of markers) {
    const [px, py] = project(marker.lon, marker.lat);
    const distance = Math.hypot(px + marker.dx - x, py + marker.dy - y);
    if (distance <= marker.size / 2 + REACH && distance <= best) [found, best] = [marker, distance];
  }
  return found;
}
