/** A point on a shared border belongs to the grid with the smaller id: in SQL on both engines as in geodata. */
import type { Database } from '@wangge/api/db/database';
import { gulangTiling } from '@wangge/geodata/gulang/tiling';
import { toDegrees } from '@wangge/geodata/mesh/lattice';
import { meshLocator } from '@wangge/geodata/mesh/locate';
import type { Mesh } from '@wangge/geodata/mesh/mesh';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, openEngine } from '../../engines.ts';
import { SEED } from '../../harness/county.ts';

type LatticePoint = readonly [lon: number, lat: number];

const { mesh } = gulangTiling(SEED);
const locate = meshLocator(mesh);

describe.each(ENGINES)('grid_at on %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openEngine(engine, 'gulang');
  });
  afterAll(async () => {
    await db.close();
  });

  const gridsAt = async (points: readonly LatticePoint[]): Promise<(number | null)[]> => {
    const lon = points.map(([x]) => toDegrees(x));
    const lat = points.map(([, y]) => toDegrees(y));
    const rows = await db.rows<{ grid: number | null }>(sql`
      SELECT grid_at('620622', lon, lat) AS grid
      FROM unnest(${sql.param(lon)}::float8[], ${sql.param(lat)}::float8[]) WITH ORDINALITY AS point (lon, lat, n)
      ORDER BY n`);
    return rows.map(({ grid }) => grid);
  };

  it.each([
    ['nodes of the borders', everyNth(nodes(mesh), 7)],
    ['lattice points beside the borders', everyNth(nodes(mesh), 41).flatMap(([x, y]) => ring(x, y))],
    ['points on the segments of the borders', onSegments(mesh)],
    ['points inside and outside', scattered(mesh, 2_000)],
  ] as const)('agrees with geodata at %s', async (_, points) => {
    expect(points.length).toBeGreaterThan(500);
    expect(await gridsAt(points)).toEqual(points.map(([x, y]) => locate(x, y)));
  });

  it('takes the smallest of the grids that meet at a node', async () => {
    const meeting = [...owners(mesh)].filter(([, ids]) => ids.length >= 3);
    expect(meeting.length).toBeGreaterThan(100);
    const points = meeting.map(([key]) => key.split(' ').map(Number) as [number, number]);
    expect(await gridsAt(points)).toEqual(meeting.map(([, ids]) => Math.min(...ids)));
  });

  it('answers null outside the county, and nothing for another county', async () => {
    expect(await db.rows(sql`SELECT grid_at('620622', 0, 0) AS far, grid_at('000000', 102.9, 37.47) AS other`)).toEqual(
      [{ far: null, other: null }],
    );
  });
});

function nodes({ cells }: Mesh): LatticePoint[] {
  const points: LatticePoint[] = [];
  for (const cell of cells.values()) {
    for (const nodesOfRing of cell.polygons.flat()) {
      for (let i = 0; i < nodesOfRing.length; i += 2) points.push([nodesOfRing[i]!, nodesOfRing[i + 1]!]);
    }
  }
  return points;
}

/** Node → the cells that have it. */
function owners({ cells }: Mesh): Map<string, number[]> {
  const ids = new Map<string, number[]>();
  for (const cell of cells.values()) {
    const own = new Set<string>();
    for (const nodesOfRing of cell.polygons.flat()) {
      for (let i = 0; i < nodesOfRing.length; i += 2) own.add(`${nodesOfRing[i]} ${nodesOfRing[i + 1]}`);
    }
    for (const key of own) ids.set(key, [...(ids.get(key) ?? []), cell.id]);
  }
  return ids;
}

const everyNth = <T>(items: readonly T[], n: number): T[] => items.filter((_, i) => i % n === 0);

const ring = (x: number, y: number): LatticePoint[] =>
  [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [x + dx, y + dy] as const));

/** Lattice points that lie exactly on a segment between its ends, where there are any. */
function onSegments({ cells }: Mesh): LatticePoint[] {
  const points: LatticePoint[] = [];
  for (const cell of cells.values()) {
    for (const nodesOfRing of cell.polygons.flat()) {
      const n = nodesOfRing.length;
      for (let i = 0; i < n; i += 2) {
        const [ax, ay] = [nodesOfRing[i]!, nodesOfRing[i + 1]!];
        const [bx, by] = [nodesOfRing[(i + 2) % n]!, nodesOfRing[(i + 3) % n]!];
        const steps = gcd(Math.abs(bx - ax), Math.abs(by - ay));
        if (steps > 1) points.push([ax + (bx - ax) / steps, ay + (by - ay) / steps]);
      }
    }
  }
  return points;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** A low-discrepancy sequence over the county's box. */
function scattered(of: Mesh, count: number): LatticePoint[] {
  const all = nodes(of);
  const [west, east] = extent(all.map(([x]) => x));
  const [south, north] = extent(all.map(([, y]) => y));
  return Array.from({ length: count }, (_, i) => [
    Math.round(west + (east - west) * ((i * 0.7548776662466927) % 1)),
    Math.round(south + (north - south) * ((i * 0.5698402909980532) % 1)),
  ]);
}

const extent = (values: readonly number[]): [number, number] =>
  values.reduce<[number, number]>(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
