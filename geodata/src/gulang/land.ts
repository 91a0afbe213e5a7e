import { toDegrees, toLattice } from '../mesh/lattice.ts';
import { boundsOf, covers } from '../mesh/locate.ts';
import type { Cell } from '../mesh/mesh.ts';
import { distance, PLANE, type Point } from './frame.ts';
import type { Random } from './random.ts';

/**
 * No dwelling is nearer to the border of its grid, in metres. Reports scatter around dwellings by less than that
 * (`SCATTER_M` of `incidents/places`), so that they fall in the dwelling's grid without a look at the mesh.
 */
export const CLEARANCE_M = 60;

/** A grid's cell in the plane, for finding places in it. */
export class Land {
  readonly #cell: Cell;
  readonly #uniform: Random;
  readonly #west: number;
  readonly #south: number;
  readonly #east: number;
  readonly #north: number;
  /** Border segments `[ax, ay, bx, by, …]` in metres. */
  readonly #border: Float64Array;

  constructor(cell: Cell, uniform: Random) {
    this.#cell = cell;
    this.#uniform = uniform;
    const [w, s, e, n] = boundsOf(cell);
    [this.#west, this.#south] = PLANE.forward([toDegrees(w), toDegrees(s)]);
    [this.#east, this.#north] = PLANE.forward([toDegrees(e), toDegrees(n)]);
    const border: number[] = [];
    for (const ring of cell.polygons.flat()) {
      for (let i = 0; i < ring.length; i += 2) {
        const j = (i + 2) % ring.length;
        border.push(...PLANE.forward([toDegrees(ring[i]!), toDegrees(ring[i + 1]!)]));
        border.push(...PLANE.forward([toDegrees(ring[j]!), toDegrees(ring[j + 1]!)]));
      }
    }
    this.#border = Float64Array.from(border);
  }

  get box_m2(): number {
    return (this.#east - this.#west) * (this.#north - this.#south);
  }

  /** Whether a point lies in the cell, at least so many metres from its border. */
  holds(p: Point, clearance: number): boolean {
    const [lon, lat] = PLANE.inverse(p);
    if (!covers(this.#cell, toLattice(lon), toLattice(lat))) return false;
    const b = this.#border;
    for (let i = 0; i < b.length; i += 4) {
      const dx = b[i + 2]! - b[i]!;
      const dy = b[i + 3]! - b[i + 1]!;
      const t = ((p[0] - b[i]!) * dx + (p[1] - b[i + 1]!) * dy) / (dx * dx + dy * dy);
      const on = Math.max(0, Math.min(1, t));
      if (Math.hypot(p[0] - b[i]! - on * dx, p[1] - b[i + 1]! - on * dy) < clearance) return false;
    }
    return true;
  }

  /** A random place with that clearance; null after 200 misses. */
  place(clearance: number): Point | null {
    for (let tried = 0; tried < 200; tried++) {
      const p: Point = [
        this.#west + (this.#east - this.#west) * this.#uniform(),
        this.#south + (this.#north - this.#south) * this.#uniform(),
      ];
      if (this.holds(p, clearance)) return p;
    }
    return null;
  }

  /** `n` random places, apart from each other and from those taken as far as there is room. */
  scatter(n: number, taken: readonly Point[]): Point[] {
    const points: Point[] = [];
    for (let apart = 60; points.length < n; apart *= 0.9) {
      const p = this.place(CLEARANCE_M);
      if (!p) throw this.full();
      if ([...taken, ...points].every((q) => distance(p, q) >= apart)) points.push(p);
    }
    return points;
  }

  /** Places in turned, slightly shaken rows over the whole cell. */
  rows(spacing: number, cos: number, sin: number, uniform: Random): Point[] {
    const [mx, my] = [(this.#west + this.#east) / 2, (this.#south + this.#north) / 2];
    const reach = Math.ceil(Math.hypot(this.#east - this.#west, this.#north - this.#south) / 2 / spacing);
    const points: Point[] = [];
    for (let i = -reach; i <= reach; i++) {
      for (let j = -reach; j <= reach; j++) {
        const dx = spacing * (i + 0.12 * (2 * uniform() - 1));
        const dy = spacing * (j + 0.12 * (2 * uniform() - 1));
        const p: Point = [mx + dx * cos - dy * sin, my + dx * sin + dy * cos];
        if (this.holds(p, CLEARANCE_M)) points.push(p);
      }
    }
    return points;
  }

  full(): Error {
    return new Error(`grid ${this.#cell.id}: no place ${CLEARANCE_M} m from its border was found`);
  }
}
