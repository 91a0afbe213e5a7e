/** An area of the county by its code: a division, or a grid as the last level of drilling down. */
import { z } from '@hono/zod-openapi';
import type { AreaRef } from '@wangge/geodata/incidents/within';
import type { DivisionRow } from '../divisions/queries.ts';
import type { GridRow } from '../grids/queries.ts';
import { Problem } from '../http/problem.ts';
import type { Ground } from './ground.ts';
import type { Area } from './schema.ts';

export type Place =
  | { readonly level: DivisionRow['level']; readonly division: DivisionRow }
  | { readonly level: 'grid'; readonly grid: GridRow };

/** For the query schema of a route. */
export const areaParameter = {
  area: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .openapi({ description: '县、乡镇、村（社区）或网格的代码；默认全县', example: '620622103' }),
};

/**
 * @param code of a division (aliases count) or a grid; the county where left out
 * @throws Problem 404 where the county has no such code.
 */
export function placeAt(ground: Ground, code: string | undefined): Place {
  const division = code === undefined ? ground.root : ground.divisionByAnyCode.get(code);
  if (division) return { level: division.level, division };
  const grid = ground.gridByCode.get(code!);
  if (grid) return { level: 'grid', grid };
  throw new Problem('not-found', `本县没有代码为 ${code} 的乡镇、村或网格，请核对 area。`, [
    { pointer: '?area', detail: '本县没有这个代码' },
  ]);
}

/** The area as the columns know it. */
export const refOf = (place: Place): AreaRef =>
  place.level === 'grid' ? { grid: place.grid.id } : { division: place.division.code };

/** The area as answers name it. */
export const areaOf = (place: Place): Area =>
  place.level === 'grid'
    ? {
        code: place.grid.code,
        name: place.grid.name,
        name_en: null,
        level: 'grid',
        parent_code: place.grid.village_code,
      }
    : {
        code: place.division.code,
        name: place.division.short_name,
        name_en: place.division.name_en,
        level: place.division.level,
        parent_code: place.division.parent_code,
      };

/** Its ancestors, county first. */
export const pathOf = (ground: Ground, place: Place): Area[] => {
  const parent = place.level === 'grid' ? place.grid.village_code : place.division.parent_code;
  const above = parent === null ? undefined : ground.divisionByCode.get(parent);
  return above ? ground.pathTo(above).map((division) => areaOf({ level: division.level, division })) : [];
};
