import { type IncidentColumns, NO_POINT } from '@wangge/geodata/incidents/columns';
import { describe, expect, it } from 'vitest';
import { fitOf, sameCamera } from './camera.ts';
import type { StaffingPoint } from './contract.ts';
import { type MarkerInput, markerAt, markersOf, occupiedBy, STAFFING_APART } from './markers.ts';
import { spiral } from './spread.ts';
import { metresPerPixel, projector, rowsInView } from './view.ts';

const staff = (n: number, lon = 103, lat = 37.5): StaffingPoint[] =>
  Array.from({ length: n }, (_, i) => ({
    id: i,
    lon,
    lat,
    kind: i === n - 1 ? 'full_time' : 'auxiliary',
    on_post: i !== 0,
    grid_code: 'g',
  }));
const input = (over: Partial<MarkerInput>): MarkerInput => ({
  layers: { staffing: true, centres: true, dwellings: true, points: true },
  staffing: null,
  centres: null,
  dwellings: null,
  incidents: null,
  rows: [],
  zoom: 12,
  ...over,
});
const columnsOf = (points: readonly (readonly [number, number] | null)[], urgency: number[] = []): IncidentColumns => ({
  length: points.length,
  id: Uint32Array.from(points, (_, i) => i + 1),
  occurred_at: Uint32Array.from(points, (_, i) => i),
  lon: Int32Array.from(points, (p) => (p ? p[0] * 1e7 : NO_POINT)),
  lat: Int32Array.from(points, (p) => (p ? p[1] * 1e7 : NO_POINT)),
  grid: new Uint32Array(points.length),
  area: new Uint16Array(points.length),
  category: new Uint8Array(points.length),
  kind: new Uint8Array(points.length),
  urgency: Uint8Array.from(points, (_, i) => urgency[i] ?? 0),
  state: new Uint8Array(points.length),
  areas: [''],
  categories: ['a'],
});

describe('staffing markers', () => {
  it('stand apart at close zoom, each to be pointed at, the same on every drawing', () => {
    const markers = markersOf(input({ staffing: staff(30) }));
    expect(markers).toHaveLength(30);
    const project = projector({ lon: 103, lat: 37.5, zoom: 12 }, 400, 400);
    for (const marker of markers) {
      const found = markerAt(markers, project, 200 + marker.dx, 200 + marker.dy);
      expect(found).toBe(marker);
    }
    expect(markersOf(input({ staffing: staff(30) }))).toEqual(markers);
    expect(markers[0]!.icon).toBe('full_time-on');
  });

  it('keep at least five pixels between one another', () => {
    const at = Array.from({ length: 60 }, (_, i) => spiral(i));
    const gaps = at.flatMap(([x, y], i) => at.slice(0, i).map(([u, v]) => Math.hypot(x - u, y - v)));
    expect(Math.min(...gaps)).toBeGreaterThan(5);
  });

  it('are one disc an office from afar, with the number of all its workers', () => {
    const zoom = STAFFING_APART - 0.1;
    const [office, ...more] = markersOf(input({ staffing: [...staff(7)], zoom }));
    expect(more).toEqual([]);
    expect(office).toMatchObject({ icon: 'office', text: '7' });
    const away = staff(3).map((p) => ({ ...p, on_post: false }));
    expect(markersOf(input({ staffing: away, zoom }))[0]!.icon).toBe('office-gap');
  });

  it('are gone when switched off, and unknown staff draws nothing', () => {
    const off = { staffing: false, centres: false, dwellings: false, points: false };
    expect(markersOf(input({ staffing: staff(3), layers: off }))).toEqual([]);
    expect(markersOf(input({ staffing: null }))).toEqual([]);
  });

  it('take their room from the labels once an office', () => {
    const { features } = occupiedBy(markersOf(input({ staffing: [...staff(9), ...staff(4, 103.2)] })));
    expect(features).toHaveLength(2);
    expect(features[0]!.properties.size).toBeGreaterThan(features[1]!.properties.size);
  });
});

describe('reports', () => {
  const columns = columnsOf([[103, 37], null, [103.1, 37], [120, 37], [103.2, 37.1]], [2, 0, 0, 0, 0]);
  it('in view are counted all and drawn newest first up to the limit; those without a point are neither', () => {
    expect(rowsInView({ columns, rows: null }, [102, 36, 104, 38])).toEqual({ rows: [4, 2, 0], inView: 3 });
    expect(rowsInView({ columns, rows: null }, [102, 36, 104, 38], 2)).toEqual({ rows: [4, 2], inView: 3 });
    expect(rowsInView({ columns, rows: Uint32Array.of(0, 1, 3) }, [102, 36, 104, 38])).toEqual({
      rows: [0],
      inView: 1,
    });
  });
  it('lie above one another by urgency', () => {
    const markers = markersOf(input({ incidents: { columns, rows: null }, rows: [4, 2, 0] }));
    expect(markers.map((m) => m.icon)).toEqual(['incident-normal', 'incident-normal', 'incident-critical']);
  });
});

describe('camera', () => {
  it('brings an extent into the part of the box that panels leave free', () => {
    const padding = { left: 300, right: 100, top: 50, bottom: 80 };
    const bounds = [102.6, 37.1, 103.9, 37.9] as const;
    const project = projector(fitOf(bounds, 1200, 800, padding, 20), 1200, 800);
    const [west, north] = project(bounds[0], bounds[3]);
    const [east, south] = project(bounds[2], bounds[1]);
    expect(west).toBeGreaterThanOrEqual(300);
    expect(east).toBeLessThanOrEqual(1100);
    expect(north).toBeGreaterThanOrEqual(50);
    expect(south).toBeLessThanOrEqual(720);
    expect(Math.max((east - west) / 800, (south - north) / 670)).toBeGreaterThan(0.9);
  });
  it('survives panels that are larger than the box', () => {
    const camera = fitOf([102, 37, 103, 38], 300, 200, { left: 300, right: 300, top: 300, bottom: 0 }, 20);
    expect(Object.values(camera).every(Number.isFinite)).toBe(true);
  });
  it('calls two cameras the same when the address cannot tell them apart', () => {
    const camera = { lon: 103, lat: 37, zoom: 9 };
    expect(sameCamera(camera, { ...camera, lon: 103.00004 })).toBe(true);
    expect(sameCamera(camera, { ...camera, zoom: 9.1 })).toBe(false);
  });
  it('measures as MapLibre does: 512-pixel tiles', () => {
    expect(metresPerPixel(0, 0)).toBeCloseTo(78271.5, 0);
  });
});
