import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfEdges, neighbours, rightOf } from './edges.ts';
import type { Mesh } from './mesh.ts';
import { NodeIndex } from './nodes.ts';

const mesh = (cells: Record<number, number[]>): Mesh => ({
  cells: new Map(
    Object.entries(cells).map(([id, ring]) => [Number(id), { id: Number(id), polygons: [[Int32Array.from(ring)]] }]),
  ),
});
const west = [0, 0, 10, 0, 10, 10, 0, 10];
const east = [10, 0, 20, 0, 20, 10, 10, 10];
const north = [0, 10, 10, 10, 20, 10, 20, 20, 0, 20];

describe('half-edges', () => {
  it('have their cell on the left and the neighbour on the right', () => {
    const edges = halfEdges(mesh({ 1: west, 2: east, 3: north }));
    const sides = new Map<string, [number, number | null]>();
    for (let e = 0; e < edges.count; e++) {
      const [a, b] = [edges.from[e]!, edges.to[e]!];
      const name = [edges.nodes.lon(a), edges.nodes.lat(a), edges.nodes.lon(b), edges.nodes.lat(b)].join();
      sides.set(name, [edges.cell[e]!, rightOf(edges, e)]);
    }
    expect(sides.get('10,0,10,10')).toEqual([1, 2]);
    expect(sides.get('10,10,10,0')).toEqual([2, 1]);
    expect(sides.get('0,0,10,0')).toEqual([1, null]);
    expect(sides.get('10,10,20,10')).toEqual([3, 2]);
    expect(edges.count).toBe(13);
    expect(edges.repeated).toEqual([]);
  });

  it('name the edges that two cells claim on the same side', () => {
    const edges = halfEdges(mesh({ 1: west, 2: west }));
    expect(edges.repeated.map(([a, b]) => [edges.cell[a], edges.cell[b]])).toEqual(Array(4).fill([1, 2]));
  });

  it('leave out edges without length', () => {
    expect(halfEdges(mesh({ 1: [0, 0, 10, 0, 10, 0, 10, 10] })).count).toBe(3);
  });
});

describe('neighbours', () => {
  it('share a whole edge; a node in common is not enough', () => {
    const found = neighbours(mesh({ 1: west, 2: east, 3: north, 4: [20, 20, 30, 20, 30, 30] }));
    expect([...found].map(([id, set]) => [id, [...set].sort()])).toEqual([
      [1, [2, 3]],
      [2, [1, 3]],
      [3, [1, 2]],
      [4, []],
    ]);
  });
});

describe('NodeIndex', () => {
  it('numbers points as a map by their text would', () => {
    const point = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1_027_000_000, max: 1_027_000_050 }));
    fc.assert(
      fc.property(fc.array(point, { maxLength: 3000, size: 'max' }), (points) => {
        const nodes = new NodeIndex();
        const known = new Map<string, number>();
        for (const [x, y] of points) {
          expect(nodes.find(x, y)).toBe(known.get(`${x},${y}`) ?? -1);
          const node = nodes.intern(x, y);
          expect(node).toBe(known.get(`${x},${y}`) ?? known.size);
          known.set(`${x},${y}`, node);
          expect([nodes.lon(node), nodes.lat(node)]).toEqual([x, y]);
        }
        expect(nodes.size).toBe(known.size);
      }),
      { numRuns: 20 },
    );
  });
});
