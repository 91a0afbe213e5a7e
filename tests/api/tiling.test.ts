/** The database as second referee of the tiling: neither engine finds a gap, an overlap or an invalid ring. */
import type { Database } from '@wangge/api/db/database';
import { gulangTiling } from '@wangge/geodata/gulang/tiling';
import type { Cell, Mesh } from '@wangge/geodata/mesh/mesh';
import { cellEwkt } from '@wangge/geodata/mesh/wkt';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, openEngine } from '../engines.ts';
import { SEED } from '../harness/county.ts';

const SEEDS = [SEED, ...Array.from({ length: 19 }, (_, i) => 1001 + i)];

interface Verdict {
  /** Cells whose rings are not valid. */
  readonly invalid: number;
  /** Pairs whose interiors meet. */
  readonly overlaps: number;
  /** Faces that all borders together cut the plane into; a gap that is enclosed would be one more. */
  readonly faces: number;
  /** Faces that do not lie in exactly one cell. */
  readonly stray: number;
  readonly polygons: number;
  readonly cells: number;
  /** Holes of the union, and its area as a part of the sum. */
  readonly holes: number;
  readonly share: number;
}

async function referee(db: Database, cells: Iterable<Cell>): Promise<Verdict> {
  return await db.transaction(async (tx) => {
    await tx.run(sql`CREATE TEMP TABLE cell (id int PRIMARY KEY, g geometry(Geometry, 4326)) ON COMMIT DROP`);
    await tx.copyIn('cell (id, g)', rows(cells));
    await tx.run(sql`CREATE INDEX ON cell USING gist (g)`);
    const [verdict] = await tx.rows<Verdict>(sql`
      WITH face AS (
        SELECT (ST_Dump(ST_Polygonize(border))).geom AS g
        FROM (SELECT ST_UnaryUnion(ST_Collect(ST_Boundary(g))) AS border FROM cell) b
      ), whole AS (
        SELECT ST_Union(g) AS g FROM cell
      )
      SELECT
        (SELECT count(*) FROM cell WHERE NOT ST_IsValid(g)) AS invalid,
        (SELECT count(*) FROM cell a JOIN cell b ON a.id < b.id AND a.g && b.g AND ST_Relate(a.g, b.g, '2********'))
          AS overlaps,
        (SELECT count(*) FROM face) AS faces,
        (SELECT count(*) FROM face
         WHERE (SELECT count(*) FROM cell WHERE ST_Intersects(cell.g, ST_PointOnSurface(face.g))) <> 1) AS stray,
        (SELECT sum(ST_NumGeometries(g)) FROM cell) AS polygons,
        (SELECT count(*) FROM cell) AS cells,
        (SELECT sum(ST_NumInteriorRings(part.geom)) FROM whole, ST_Dump(whole.g) AS part) AS holes,
        (SELECT ST_Area(whole.g) FROM whole) / (SELECT sum(ST_Area(g)) FROM cell) AS share`);
    return verdict!;
  });
}

function* rows(cells: Iterable<Cell>): Generator<[number, string]> {
  for (const cell of cells) yield [cell.id, cellEwkt(cell)];
}

const meshes = new Map<number, Mesh>();

/** Made once for both engines. */
function meshOf(seed: number): Mesh {
  const mesh = meshes.get(seed) ?? gulangTiling(seed).mesh;
  meshes.set(seed, mesh);
  return mesh;
}

describe.each(ENGINES)('the tiling of the demonstration county on %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openEngine(engine, 'empty');
  });
  afterAll(async () => {
    await db.close();
  });

  it.each(SEEDS)('has no gap, overlap or invalid ring with seed %i', async (seed) => {
    const mesh = meshOf(seed);
    const verdict = await referee(db, mesh.cells.values());
    expect(verdict).toMatchObject({ cells: 278, invalid: 0, overlaps: 0, stray: 0, holes: 0 });
    expect(verdict.faces).toBe(verdict.polygons);
    expect(verdict.share).toBeCloseTo(1, 9);
  });

  it('would be told of a cell that is missing, of one that is there twice, and of a node moved by a centimetre', async () => {
    const cells = [...meshOf(SEED).cells.values()];
    const inner = cells.find((cell) => borders(cell, cells) > 4)!;
    expect(
      (
        await referee(
          db,
          cells.filter((cell) => cell !== inner),
        )
      ).stray,
    ).toBe(1);
    expect((await referee(db, [...cells, { ...inner, id: 9999 }])).overlaps).toBeGreaterThan(0);

    const [outer, ...others] = inner.polygons[0]!;
    const moved = Int32Array.from(outer!);
    moved[0]! += 1;
    const shifted = cells.map((cell) =>
      cell === inner ? { ...cell, polygons: [[moved, ...others], ...inner.polygons.slice(1)] } : cell,
    );
    const { faces, polygons, overlaps, stray } = await referee(db, shifted);
    expect(faces - polygons + overlaps + stray).toBeGreaterThan(0);
  });
});

/** How many cells share a node with it. */
function borders(cell: Cell, cells: readonly Cell[]): number {
  const nodes = new Set(nodesOf(cell));
  return cells.filter((other) => other !== cell && nodesOf(other).some((node) => nodes.has(node))).length;
}

function nodesOf(cell: Cell): string[] {
  return cell.polygons
    .flat()
    .flatMap((ring) => Array.from({ length: ring.length / 2 }, (_, i) => `${ring[2 * i]} ${ring[2 * i + 1]}`));
}
