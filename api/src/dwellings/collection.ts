import { sql } from 'drizzle-orm';
import type { Models } from '../county/models.ts';
import { type Collection, type Extent, property } from '../ogc/collection.ts';
import { type TableProperty, tableCollection } from '../ogc/table.ts';
import { dwellingBox } from './queries.ts';

const own = (name: string, type: TableProperty['type'], description: string, column = sql.raw(`d.${name}`)) => ({
  ...property(name, type, description),
  column,
});

export const dwellingsCollection = (models: Models): Collection => {
  let kept: { readonly tag: string; readonly extent: Promise<Extent> } | null = null;
  const tag = (version: { readonly ground: string }) => version.ground;
  return tableCollection(models.db, {
    about: {
      id: 'dwellings',
      title: '住户分布',
      description: '居民点或村民小组、楼栋的户数和人口合计，不含住户信息。',
      geometry: 'Point',
      time: null,
    },
    properties: [
      own('households', 'integer', '常住户数'),
      own('population', 'integer', '常住人口'),
      own('registered_households', 'integer', '户籍户数；不知道时为 null'),
      own('registered_population', 'integer', '户籍人口；不知道时为 null'),
      own('grid_code', 'string', '所在网格', sql`g.code`),
      own('village_code', 'string', '所在的村（社区）'),
      own('synthetic', 'boolean', '是否演示数据', sql`(c.origin = 'demonstration')`),
    ],
    from: () => sql`dwelling d JOIN county c ON c.code = d.county_code
      LEFT JOIN grid_current g ON g.county_code = d.county_code AND g.grid_id = d.grid_id`,
    where: (county) => sql`d.county_code = ${county}`,
    key: sql`d.id`,
    geom: sql`d.geom`,
    instant: null,
    tag,
    async extent(version) {
      if (kept?.tag !== tag(version)) {
        const extent = dwellingBox(models.db, version.county).then(
          async (box): Promise<Extent> => ({ bbox: box ?? (await models.tiling(version)).bbox, interval: null }),
        );
        const mine = { tag: tag(version), extent };
        kept = mine;
        extent.catch(() => {
          if (kept === mine) kept = null;
        });
      }
      return await kept.extent;
    },
  });
};
