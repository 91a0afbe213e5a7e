/** Defects planted into the county: each must be found, at the cells that have it. */
import { describe, expect, it } from 'vitest';
import { gulangTiling } from '../gulang/tiling.ts';
import { outlineOf } from '../mesh/dissolve.ts';
import { halfEdges, neighbours, rightOf } from '../mesh/edges.ts';
import { crossesProperly } from '../mesh/lattice.ts';
import type { Cell, CellId, Mesh, Ring } from '../mesh/mesh.ts';
import { check } from './check.ts';

const { mesh } = gulangTiling(620622);
const outline = outlineOf(mesh).flat();
const edges = halfEdges(mesh);
/** Cells away from the county line, and cells at it. */
const rim = new Set<CellId>();
for (let e = 0; e < edges.count; e++) if (rightOf(edges, e) === null) rim.add(edges.cell[e]!);
const inner = [...mesh.cells.keys()].filter((id) => !rim.has(id));
const sample = (ids: readonly CellId[], n = 12) => ids.filter((_, i) => i % Math.ceil(ids.length / n) === 0);

const withRing = (id: CellId, change: (ring: Ring) => number[]): Mesh => {
  const cell = mesh.cells.get(id)!;
  const [[outer, ...holes], ...rest] = cell.polygons as [[Ring, ...Ring[]], ...(readonly Ring[])[]];
  const changed: Cell = { id, polygons: [[Int32Array.from(change(outer)), ...holes], ...rest] };
  return { cells: new Map(mesh.cells).set(id, changed) };
};
const found = (m: Mesh) => check(m, { outline });
type Eight = [number, number, number, number, number, number, number, number];

describe('defects in the county', () => {
  it('none without one', () => {
    expect(found(mesh)).toEqual([]);
  });

  it('a node moved by a centimetre in one cell only', () => {
    for (const id of sample(inner)) {
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const issues = found(withRing(id, ([x, y, ...rest]) => [x! + dx, y! + dy, ...rest]));
        expect(issues.some(({ cells }) => cells.includes(id))).toBe(true);
        expect(issues.some(({ rule }) => rule === 'gap' || rule === 'overlap')).toBe(true);
      }
    }
  });

  it('a hairline: a node in the middle of a border that only one side has', () => {
    for (const id of sample(inner)) {
      const issues = found(
        withRing(id, ([ax, ay, bx, by, ...rest]) => [
          ...[ax!, ay!],
          ...[Math.round((ax! + bx!) / 2), Math.round((ay! + by!) / 2)],
          ...[bx!, by!, ...rest],
        ]),
      );
      // On the edge, or half a centimetre to either side of it: a T-junction, a gap or an overlap.
      expect(issues.length).toBeGreaterThan(0);
      expect(issues.every(({ cells }) => cells.includes(id))).toBe(true);
    }
  });

  it('a cell twice', () => {
    for (const id of sample(inner)) {
      const twice: Mesh = { cells: new Map(mesh.cells).set(999, { ...mesh.cells.get(id)!, id: 999 }) };
      expect(found(twice).map(({ rule, cells }) => [rule, cells])).toEqual([['overlap', [id, 999]]]);
    }
  });

  it('a cell missing: inside as a gap among its neighbours, at the rim by the outline', () => {
    const around = neighbours(mesh);
    for (const id of [...sample(inner), ...sample([...rim])]) {
      const cells = new Map(mesh.cells);
      cells.delete(id);
      const issues = found({ cells });
      expect(new Set(issues.map(({ rule }) => rule))).toEqual(new Set(['gap']));
      const named = new Set(issues.flatMap((issue) => issue.cells));
      for (const neighbour of around.get(id)!) expect(named.has(neighbour)).toBe(true);
    }
  });

  it('a small cell laid over another without sharing a node', () => {
    const [x, y] = [1_033_000_000, 375_000_000];
    const over = { id: 999, polygons: [[Int32Array.from([x, y, x + 9, y, x + 9, y + 9])]] };
    const issues = found({ cells: new Map(mesh.cells).set(999, over) });
    expect(issues.map(({ rule }) => rule)).toEqual(['overlap']);
    expect(issues[0]!.cells).toContain(999);
  });

  it('a bow-tie: two nodes of a ring changed places', () => {
    for (const id of sample(inner)) {
      const m = withRing(id, (ring) => {
        const nodes = [...ring];
        for (let k = 0; k + 7 < nodes.length; k += 2) {
          const [px, py, ax, ay, bx, by, qx, qy] = nodes.slice(k, k + 8) as Eight;
          // Where the border turns the same way twice, changing the two turns makes the sides cross.
          if (!crossesProperly(px, py, bx, by, ax, ay, qx, qy)) continue;
          nodes.splice(k + 2, 4, bx, by, ax, ay);
          return nodes;
        }
        throw new Error(`cell ${id} turns nowhere`);
      });
      expect(found(m).find(({ rule }) => rule === 'crossing')?.cells).toContain(id);
    }
  });

  it('a ring turned the wrong way', () => {
    const id = inner[0]!;
    const turned: Ring[] = mesh.cells.get(id)!.polygons[0]!.map((ring) => {
      const nodes = Array.from({ length: ring.length / 2 }, (_, k) => [ring[2 * k]!, ring[2 * k + 1]!]);
      return Int32Array.from(nodes.reverse().flat());
    });
    const issues = found({ cells: new Map(mesh.cells).set(id, { id, polygons: [turned] }) });
    expect(issues.find(({ rule }) => rule === 'ring')!.cells).toEqual([id]);
  });

  it('a cell that reaches over the county line', () => {
    for (const id of sample([...rim])) {
      const ring = mesh.cells.get(id)!.polygons[0]![0]!;
      const onLine = new Set(
        outline.flatMap((r) => Array.from({ length: r.length / 2 }, (_, k) => `${r[2 * k]},${r[2 * k + 1]}`)),
      );
      const k = Array.from({ length: ring.length / 2 }, (_, i) => 2 * i).find((i) =>
        onLine.has(`${ring[i]},${ring[i + 1]}`),
      )!;
      const m = withRing(id, (nodes) => {
        const moved = [...nodes];
        // A spike to a place north-west of the county, between a node of the line and the next.
        moved.splice(k + 2, 0, 1_020_000_000, 380_000_000);
        return moved;
      });
      expect(found(m).some(({ rule, cells }) => rule === 'outside' && cells.includes(id))).toBe(true);
    }
  });

  it('has ids that name rule, cells and place, each once, the same in every run', () => {
    const cells = new Map(mesh.cells);
    for (const id of sample(inner)) cells.delete(id);
    const issues = found({ cells });
    expect(new Set(issues.map(({ id }) => id)).size).toBe(issues.length);
    expect(
      found({ cells: new Map([...cells].reverse()) })
        .map(({ id }) => id)
        .sort(),
    ).toEqual(issues.map(({ id }) => id).sort());
  });
});

describe('pinches', () => {
  const square = (x: number, y: number) => [Int32Array.from([x, y, x + 9, y, x + 9, y + 9, x, y + 9])];

  it('are a warning between two parts of a cell, an error inside a ring', () => {
    const parts: Mesh = { cells: new Map([[1, { id: 1, polygons: [square(0, 0), square(9, 9)] }]]) };
    expect(check(parts).map(({ rule, severity, at }) => [rule, severity, at])).toEqual([
      ['pinch', 'warning', [9e-7, 9e-7]],
    ]);
    const eight: Mesh = {
      cells: new Map([
        [1, { id: 1, polygons: [[Int32Array.from([0, 0, 9, 0, 9, 9, 18, 9, 18, 18, 9, 18, 9, 9, 0, 9])]] }],
      ]),
    };
    expect(check(eight).map(({ rule, severity }) => [rule, severity])).toEqual([['pinch', 'error']]);
  });
});
