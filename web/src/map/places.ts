/** The labels' points: one for each township, village and grid, with what decides who gives way. */
import type { Feature, FeatureCollection, MultiLineString, Point } from 'geojson';
import { boundsOf, labelPoint } from './area.ts';
import type { AreaLevel, Bounds, DivisionFeatures, GridFeatures } from './contract.ts';

export interface PlaceProperties {
  readonly level: AreaLevel;
  readonly code: string;
  readonly name: string;
  /** Township in which the place lies, itself for a township; '' for the county. */
  readonly township: string;
  readonly village: string;
  /** Grids: last digits of the code, and name with code. */
  readonly short: string;
  readonly long: string;
  /** Smaller is placed first: larger areas, so that the same names stay while zooming. */
  readonly rank: number;
}

export function placesOf(grids: GridFeatures, divisions: DivisionFeatures): FeatureCollection<Point, PlaceProperties> {
  const features: Feature<Point, PlaceProperties>[] = [];
  for (const { geometry, properties: p } of divisions.features) {
    if (p.level === 'county') continue;
    features.push({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: labelPoint(geometry) },
      properties: {
        level: p.level,
        code: p.code,
        name: p.short_name ?? p.name,
        township: p.level === 'township' ? p.code : (p.parent_code ?? ''),
        village: p.level === 'village' ? p.code : '',
        short: '',
        long: '',
        rank: -extent(boundsOf([geometry])),
      },
    });
  }
  for (const { geometry, properties: p } of grids.features) {
    features.push({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: labelPoint(geometry) },
      properties: {
        level: 'grid',
        code: p.code,
        name: p.name,
        township: p.managing_township_code,
        village: p.village_code,
        short: p.class === 'special' ? p.name : p.code.slice(-3),
        long: `${p.name}\n${p.code}`,
        rank: -p.area_km2,
      },
    });
  }
  return { type: 'FeatureCollection', features };
}

const extent = (b: Bounds | null): number => (b ? (b[2] - b[0]) * (b[3] - b[1]) : 0);

/** Meridians and parallels every quarter of a degree around the county: a calm paper where no base map is wanted. */
export function graticule([w, s, e, n]: Bounds): Feature<MultiLineString> {
  const step = 0.25;
  const [west, south, east, north] = [w - 3, s - 3, e + 3, n + 3].map((v) => Math.round(v / step) * step) as [
    number,
    number,
    number,
    number,
  ];
  const coordinates: number[][][] = [];
  for (let lon = west; lon <= east; lon += step) coordinates.push([[lon, south], [lon, north]]); // biome-ignore format: pairs read better
  for (let lat = south; lat <= north; lat += step) coordinates.push([[west, lat], [east, lat]]); // biome-ignore format: pairs read better
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates } };
}
