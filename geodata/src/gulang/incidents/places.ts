/** Where things are reported: grids that differ, and in them at dwellings. */
import { randomGamma, randomNormal } from 'd3-random';
import type { Dwelling, Grid, LonLat } from '../../county/county.ts';
import { metresPerDegree } from '../../crs/plane.ts';
import type { Kind } from '../../incidents/incident.ts';
import { toDegrees, toLattice } from '../../mesh/lattice.ts';
import { groupBy } from '../group.ts';
import { type Random, random } from '../random.ts';
import type { CategoryCode } from './categories.ts';
import { choose, cumulative } from './choice.ts';

/** All that generation needs of the county; at a restart it is read back from the database. */
export interface World {
  readonly grids: readonly Grid[];
  readonly dwellings: readonly Dwelling[];
}

/**
 * Reports scatter so many metres around a dwelling, less than the clearance that `land` keeps from the border of a
 * grid (60 m): so they stay in the dwelling's grid, and no mesh is needed to know it.
 */
export const SCATTER_M = 45;

/** A point within `SCATTER_M` of another, on the lattice; most lie close by. */
export function scatter([lon, lat]: LonLat, uniform: Random): LonLat {
  const metres = metresPerDegree(lat);
  const far = SCATTER_M * uniform();
  const angle = 2 * Math.PI * uniform();
  return [
    toDegrees(toLattice(lon + (far * Math.cos(angle)) / metres.lon)),
    toDegrees(toLattice(lat + (far * Math.sin(angle)) / metres.lat)),
  ];
}

// By the owning department of a special grid: what it is known for, in households that would report as much.
const SPECIALTIES: Readonly<Record<string, Partial<Record<CategoryCode, number>>>> = {
  县教育局: { campus: 9000, traffic: 260, food_drug_market: 200 },
  县卫生健康局: { livelihood: 420, public_order: 400, dispute: 300 },
  县交通运输局: { traffic: 800, public_order: 420 },
  县铁路护路联防办公室: { rail_line: 5000, public_order: 300 },
  县市场监督管理局: { food_drug_market: 3000, urban_order: 1400, safety_fire: 420, sanitation: 420 },
  县工业和信息化局: { safety_fire: 900, other: 200 },
  县农业农村局: { safety_fire: 320, other: 200 },
  县林业和草原局: { safety_fire: 420, flood_disaster: 120 },
  县文体广电和旅游局: { urban_order: 420, traffic: 320, safety_fire: 200 },
};

/** Towns against villages; 1 where a category is not named. */
const COMMUNITY_TIMES: Partial<Record<CategoryCode, number>> = {
  urban_order: 4,
  food_drug_market: 2.5,
  public_order: 1.7,
  campus: 3,
  traffic: 1.3,
  flood_disaster: 0.4,
  special_groups: 0.8,
};

// Townships by the first nine digits of a grid's code.
const ON_RAILWAY = new Set(
  ['100', '101', '102', '103', '104', '105', '108', '111', '113', '208'].map((t) => `620622${t}`),
);
const IN_MOUNTAINS = new Set(['100', '107', '108', '114', '205', '206', '207', '208'].map((t) => `620622${t}`));

/** Chooses places for one county and seed. The order in which grids and dwellings are given does not matter. */
export class Places {
  readonly #grids: readonly Grid[];
  readonly #factors: readonly number[];
  readonly #cells: readonly { readonly dwellings: readonly Dwelling[]; readonly sums: Float64Array }[];
  readonly #households: readonly number[];
  readonly #seed: number;
  readonly #byCategory = new Map<string, Float64Array>();

  /** @throws Error where a grid has no dwelling: what is reported in it would have no place. */
  constructor({ grids, dwellings }: World, seed: number) {
    this.#seed = seed;
    const byGrid = groupBy(dwellings, (d) => d.grid_id);
    this.#grids = grids.filter((g) => byGrid.has(g.id)).sort((a, b) => a.id - b.id);
    if (this.#grids.length === 0) throw new Error('dwellings: none lies in a grid, so reports have no place');
    const cells = this.#grids.map((g) => byGrid.get(g.id)!.toSorted((a, b) => a.id - b.id));
    this.#households = cells.map((list) => list.reduce((s, d) => s + d.households, 0));
    // Some grids see two or three times as much as others like them: counts are over-dispersed, as real ones are.
    this.#factors = this.#grids.map((g) => gamma(seed, `grid ${g.id}`, 6));
    this.#cells = cells.map((list, i) => {
      const normal = randomNormal.source(random(seed, `hot spots ${this.#grids[i]!.id}`))(0, 0.9);
      return { dwellings: list, sums: cumulative(list.map((d) => (d.households + 3) * Math.exp(normal()))) };
    });
  }

  /** A dwelling at which a report of the kind and category lies, with its grid. */
  draw(kind: Kind, category: CategoryCode, uniform: Random): { grid: Grid; dwelling: Dwelling } {
    const g = choose(this.#sumsOf(kind, category), uniform());
    const { dwellings, sums } = this.#cells[g]!;
    return { grid: this.#grids[g]!, dwelling: dwellings[choose(sums, uniform())]! };
  }

  #sumsOf(kind: Kind, category: CategoryCode): Float64Array {
    const key = `${kind} ${category}`;
    let sums = this.#byCategory.get(key);
    if (!sums) {
      sums = cumulative(
        this.#grids.map((grid, g) => {
          const own = gamma(this.#seed, `grid ${grid.id} ${key}`, 5);
          return exposure(grid, this.#households[g]!, category) * this.#factors[g]! * own;
        }),
      );
      this.#byCategory.set(key, sums);
    }
    return sums;
  }
}

/** A gamma factor with mean 1 that belongs to its purpose alone. */
function gamma(seed: number, purpose: string, shape: number): number {
  const uniform = random(seed, `factor ${purpose}`);
  return randomGamma.source(uniform)(shape, 1 / shape)();
}

function exposure(grid: Grid, households: number, category: CategoryCode): number {
  if (grid.class === 'special') {
    return (SPECIALTIES[grid.owner_unit ?? '']?.[category] ?? 60) ** 0.8;
  }
  let exposed = (households + 4) ** 0.8;
  if (grid.class === 'community') exposed *= COMMUNITY_TIMES[category] ?? 1;
  const township = grid.code.slice(0, 9);
  if (category === 'rail_line' && !ON_RAILWAY.has(township)) exposed *= 0.05;
  if (category === 'flood_disaster' && IN_MOUNTAINS.has(township)) exposed *= 4;
  return exposed;
}
