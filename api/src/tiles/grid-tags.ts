import type { IsoDay } from '@wangge/geodata/county/county';
import type { GridTags } from '@wangge/geodata/tiles/grid-tile';
import type { Ground } from '../county/ground.ts';

/** What the tiles of a day tell of each grid: as the collection `grids` does, without what few maps draw. */
export function gridTags(ground: Ground, today: IsoDay): (readonly [id: number, tags: GridTags])[] {
  const coverage = ground.coverage(today);
  return ground.grids.map((grid) => {
    const residents = ground.residentsByGrid.get(grid.id);
    return [
      grid.id,
      {
        code: grid.code,
        name: grid.name,
        class: grid.class,
        township_code: ground.codedTownship(grid.village_code).code,
        village_code: grid.village_code,
        managing_township_code: grid.managing_township_code,
        households: ground.hasDwellings ? (residents?.households ?? 0) : null,
        population: ground.hasDwellings ? (residents?.population ?? 0) : null,
        area_km2: Math.round(grid.area_m2) / 1e6,
        coverage: coverage.grids.get(grid.id)!.coverage,
        synthetic: ground.synthetic,
      },
    ] as const;
  });
}
