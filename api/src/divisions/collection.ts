import type { Models } from '../county/models.ts';
import { type Collection, property } from '../ogc/collection.ts';
import { codeOrder, type MemoryFeature, memoryCollection } from '../ogc/memory.ts';
import { divisionGeometry, divisionsIn } from './queries.ts';

export const divisionsCollection = (models: Models): Collection =>
  memoryCollection({
    about: {
      id: 'divisions',
      title: '行政区划',
      description: '县、乡镇（街道）和村（社区）。范围是所管网格的并集，没有网格的没有范围。要素 id 是区划代码。',
      geometry: 'MultiPolygon',
      time: null,
      properties: [
        property('code', 'string', '区划代码'),
        property('name', 'string', '正式名称'),
        property('short_name', 'string', '地图和列表上的名称'),
        property('name_en', 'string', '英文名称'),
        property('level', 'string', 'county 县 · township 乡镇（街道） · village 村（社区）'),
        property('parent_code', 'string', '管理它的上级；县为 null'),
        property('official', 'boolean', '代码是否正式；暂定的为 false'),
        property('aliases', 'string', '流通的其他代码，以逗号分隔；没有时为 null'),
        property('grids', 'integer', '所管网格数'),
        property('synthetic', 'boolean', '范围是否演示数据'),
      ],
    },
    order: codeOrder,
    tag: (version) => version.ground,
    async load(version) {
      const ground = await models.ground(version);
      const geometry = new Map(
        (await divisionGeometry(models.db, version.county)).map((row) => [row.code, row.geometry]),
      );
      return ground.divisions.map(
        (division): MemoryFeature => ({
          id: division.code,
          geometry: geometry.get(division.code) ?? null,
          properties: {
            code: division.code,
            name: division.name,
            short_name: division.short_name,
            name_en: division.name_en,
            level: division.level,
            parent_code: division.parent_code,
            official: division.official,
            aliases: division.aliases.length > 0 ? division.aliases.join(',') : null,
            grids: ground.gridsUnder(division).length,
            synthetic: ground.synthetic,
          },
        }),
      );
    },
    extent: async (version) => ({ bbox: (await models.tiling(version)).bbox, interval: null }),
    within: (version, box) => divisionsIn(models.db, version.county, box),
  });
