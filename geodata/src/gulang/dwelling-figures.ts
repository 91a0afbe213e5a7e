/** How many households and residents live where. The county's total is a fact, every part of it is synthetic. */
import { randomGamma } from 'd3-random';
import type { Division, Grid } from '../county/county.ts';
import { apportion } from './apportion.ts';
import { type Random, random } from './random.ts';

/** 常住 residents by the census of 2020 (25.02 万). */
export const RESIDENTS = 250_200;
/** Chosen for 3.2 residents a household, near the norm of 300 households a grid. */
const HOUSEHOLDS = 78_200;

/** 原址生态管护: a grid on land that a relocated township left. Few stay there to look after it. */
export const isVacated = (grid: Pick<Grid, 'name'>): boolean => grid.name.includes('原址生态管护');

/** 新村 of the 黄花滩 resettlement: planned rows, larger than the old villages. */
export const isResettlement = (village: Pick<Division, 'name'>): boolean => village.name.endsWith('新村村民委员会');

/** The figures of one settlement cell, yet without a place. */
export interface CellFigures {
  readonly households: number;
  readonly population: number;
  readonly registered_households: number;
  readonly registered_population: number;
}

type Setting = 'community' | 'village' | 'resettlement' | 'special' | 'vacated';

interface Habits {
  /** Mean households of a grid before the county's total is met, and the shape of their gamma distribution. */
  readonly households: readonly [mean: number, shape: number];
  /** Mean households of a cell. */
  readonly cell: number;
  /** Residents a household. */
  readonly residents: number;
  /** Registered residents for one who lives there, from … to. */
  readonly registered: readonly [number, number];
}

// Towns hold people registered elsewhere; villages are left for work in the cities (registered exceeds resident).
const HABITS: Readonly<Record<Setting, Habits>> = {
  community: { households: [480, 22], cell: 32, residents: 3.05, registered: [0.82, 1] },
  village: { households: [240, 6], cell: 14, residents: 3.25, registered: [1.04, 1.32] },
  resettlement: { households: [375, 14], cell: 20, residents: 3.6, registered: [1, 1.08] },
  // Staff quarters and keepers, not dwellings proper; enough points for what is reported there.
  special: { households: [18, 6], cell: 2, residents: 2.1, registered: [0, 0.4] },
  vacated: { households: [5, 8], cell: 2, residents: 1.7, registered: [1, 2] },
};
const LEAST: Readonly<Record<Setting, number>> = {
  community: 200,
  village: 60,
  resettlement: 150,
  special: 6,
  vacated: 2,
};

export function settingOf(grid: Grid, village: Pick<Division, 'name'>): Setting {
  if (grid.class !== 'rural') return grid.class;
  if (isVacated(grid)) return 'vacated';
  return isResettlement(village) ? 'resettlement' : 'village';
}

/** The cells of every grid, by its id. Households of a cell 5 to 60, fewer in special and vacated grids. */
export function cellFigures(
  grids: readonly Grid[],
  divisions: readonly Division[],
  seed: number,
): ReadonlyMap<number, readonly CellFigures[]> {
  const uniform = random(seed, 'households');
  const gamma = randomGamma.source(uniform);
  const village = new Map(divisions.map((d) => [d.code, d]));
  const settings = grids.map((grid) => settingOf(grid, village.get(grid.village_code)!));
  const drawn = settings.map((setting) => {
    const [mean, shape] = HABITS[setting].households;
    return Math.max(LEAST[setting], gamma(shape, mean / shape)());
  });
  const households = scaled(drawn, settings);

  const cells = settings.map((setting, g) => splitHouseholds(households[g]!, HABITS[setting].cell, uniform));
  const residents = cells.flatMap((sizes, g) => {
    const perHousehold = HABITS[settings[g]!].residents * (0.92 + 0.16 * uniform());
    return sizes.map((n) => n * perHousehold * (0.9 + 0.2 * uniform()));
  });
  const population = apportion(RESIDENTS, residents);
  let next = 0;
  return new Map(
    grids.map((grid, g) => {
      const [low, high] = HABITS[settings[g]!].registered;
      const registered = low + (high - low) * uniform();
      const figures = cells[g]!.map((n) => {
        const people = population[next++]!;
        return {
          households: n,
          population: people,
          // A household seldom leaves as a whole: fewer households than residents are away.
          registered_households: Math.round(n * (1 + 0.6 * (registered - 1))),
          registered_population: Math.round(people * registered),
        };
      });
      return [grid.id, figures];
    }),
  );
}

/** Ordinary grids are scaled to the county's households; special and vacated ones keep what was drawn. */
function scaled(drawn: readonly number[], settings: readonly Setting[]): number[] {
  const fixed = (g: number) => settings[g] === 'special' || settings[g] === 'vacated';
  const kept = drawn.map((n, g) => (fixed(g) ? Math.round(n) : 0));
  const rest = apportion(
    HOUSEHOLDS - kept.reduce((s, n) => s + n, 0),
    drawn.map((n, g) => (fixed(g) ? 0 : n)),
  );
  return kept.map((n, g) => n + rest[g]!);
}

function splitHouseholds(total: number, mean: number, uniform: Random): number[] {
  const n = Math.max(1, Math.round(total / mean));
  const least = Math.min(5, Math.floor(total / n));
  const rest = apportion(
    total - n * least,
    Array.from({ length: n }, () => 0.4 + 1.2 * uniform()),
  );
  return rest.map((more) => least + more);
}
