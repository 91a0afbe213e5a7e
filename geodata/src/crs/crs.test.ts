import { describe, expect, it } from 'vitest';
import { polygonsFrom } from '../mesh/geojson.ts';
import { geodesicArea } from './area.ts';
import { COORDINATE_SYSTEMS, fromWgs84, toWgs84 } from './convert.ts';
import { localPlane, metresPerDegree } from './plane.ts';

const plane = localPlane(103.3, 37.5);
const metres = (a: readonly [number, number], b: readonly [number, number]) => {
  const [[ax, ay], [bx, by]] = [plane.forward(a), plane.forward(b)];
  return Math.hypot(ax - bx, ay - by);
};

describe('coordinate systems', () => {
  it('corrects GCJ-02 by the shifts computed for this county', () => {
    // AMap's town centres; 163 m at the county seat, 247 m at 大靖.
    expect(Math.round(metres([102.898763, 37.473281], toWgs84([102.898763, 37.473281], 'gcj02')))).toBe(163);
    expect(Math.round(metres([103.423698, 37.487144], toWgs84([103.423698, 37.487144], 'gcj02')))).toBe(247);
  });

  it('moves GCJ-02 points west-south-west and BD-09 points further, and leaves CGCS2000 alone', () => {
    const given = [103.06659, 37.620775] as const;
    const gcj = toWgs84(given, 'gcj02');
    expect(gcj[0]).toBeLessThan(given[0]);
    expect(gcj[1]).toBeLessThan(given[1]);
    expect(metres(given, toWgs84(given, 'bd09'))).toBeGreaterThan(metres(given, gcj));
    expect(toWgs84(given, '4490')).toEqual(given);
  });

  it('comes back from every system to within 25 cm, across the county', () => {
    for (const crs of COORDINATE_SYSTEMS) {
      for (let lon = 102.7; lon < 103.9; lon += 0.1) {
        for (let lat = 37.1; lat < 38; lat += 0.1) {
          expect(metres([lon, lat], toWgs84(fromWgs84([lon, lat], crs), crs))).toBeLessThan(0.25);
        }
      }
    }
  });

  it('measures areas on the ellipsoid', () => {
    // One degree square from the equator, 12308.778361469 km² (published with GeographicLib).
    const degree = polygonsFrom({
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
          [0, 0],
        ],
      ],
    });
    expect(geodesicArea(degree) / 1e6).toBeCloseTo(12308.778361469, 3);
  });

  it('takes holes off, adds parts up, and agrees with the plane to one in a thousand', () => {
    const square = (lon: number, lat: number, side: number) => [
      [lon, lat],
      [lon + side, lat],
      [lon + side, lat + side],
      [lon, lat + side],
      [lon, lat],
    ];
    const area = (...coordinates: number[][][][]) => geodesicArea(polygonsFrom({ type: 'MultiPolygon', coordinates }));
    const [whole, hole, part] = [square(103.2, 37.4, 0.1), square(103.23, 37.43, 0.02), square(103.5, 37.4, 0.05)];
    expect(area([whole, hole], [part])).toBeCloseTo(area([whole]) - area([hole]) + area([part]), 3);
    const { lon, lat } = metresPerDegree(37.45);
    expect(area([whole]) / (0.1 * lon * 0.1 * lat)).toBeCloseTo(1, 3);
  });

  it('lays a plane that comes back to where it started', () => {
    const there = plane.inverse(plane.forward([102.8969, 37.473]));
    expect(there[0]).toBeCloseTo(102.8969, 10);
    expect(there[1]).toBeCloseTo(37.473, 10);
    // A degree of latitude at 37.5° is 110.98 km.
    expect(metres([103.3, 37], [103.3, 38])).toBeCloseTo(110_986, -2);
  });
});
