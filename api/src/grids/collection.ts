import type { Models } from '../county/models.ts';
import { type Collection, property } from '../ogc/collection.ts';
import { codeOrder, type MemoryFeature, memoryCollection } from '../ogc/memory.ts';
import { gridsIn } from './queries.ts';

export const gridsCollection = (models: Models): Collection =>
  memoryCollection({
    about: {
      id: 'grids',
      title: '网格',
      description: '现行版次的网格：范围、编码、住户和今天的网格员配备。要素 id 是网格编码。',
      geometry: 'MultiPolygon',
      time: null,
      properties: [
        property('id', 'integer', '网格的恒定标识，调整和重新编码后不变'),
        property('code', 'string', '网格编码'),
        property('name', 'string', '名称'),
        property('class', 'string', 'community 社区网格 · rural 农村网格 · special 专属网格'),
        property('township_code', 'string', '编码所在的乡镇'),
        property('township_name', 'string', '编码所在乡镇的名称'),
        property('village_code', 'string', '所在的村（社区）'),
        property('village_name', 'string', '所在村（社区）的名称'),
        property('managing_township_code', 'string', '管理该网格的乡镇（街道），不一定是编码的前缀'),
        property('households', 'integer', '常住户数；没有住户分布数据时为 null'),
        property('population', 'integer', '常住人口；没有住户分布数据时为 null'),
        property('area_km2', 'number', '椭球面积，平方公里'),
        property('full_time', 'integer', '在册专职网格员；没有人员数据时为 null'),
        property('stability', 'integer', '在册创稳网格员；没有人员数据时为 null'),
        property('auxiliary', 'integer', '在册辅助网格员；没有人员数据时为 null'),
        property('on_post', 'integer', '在岗专职网格员；没有人员数据时为 null'),
        property('coverage', 'string', 'own 专人在岗 · shared 代管兼管 · vacant 空岗 · unknown 无数据'),
        property('synthetic', 'boolean', '是否演示数据'),
      ],
    },
    order: codeOrder,
    tag: (version) => `${version.ground}.${version.today}`,
    async load(version) {
      const [ground, tiling] = await Promise.all([models.ground(version), models.tiling(version)]);
      const coverage = ground.coverage(version.today);
      return ground.grids.map((grid): MemoryFeature => {
        const township = ground.codedTownship(grid.village_code);
        const residents = ground.residentsByGrid.get(grid.id);
        const found = coverage.grids.get(grid.id)!;
        return {
          id: grid.code,
          geometry: tiling.geometry.get(grid.id) ?? null,
          properties: {
            id: grid.id,
            code: grid.code,
            name: grid.name,
            class: grid.class,
            township_code: township.code,
            township_name: township.short_name,
            village_code: grid.village_code,
            village_name: ground.divisionByCode.get(grid.village_code)!.short_name,
            managing_township_code: grid.managing_township_code,
            households: ground.hasDwellings ? (residents?.households ?? 0) : null,
            population: ground.hasDwellings ? (residents?.population ?? 0) : null,
            area_km2: Math.round(grid.area_m2) / 1e6,
            full_time: found.staff?.full_time ?? null,
            stability: found.staff?.stability ?? null,
            auxiliary: found.staff?.auxiliary ?? null,
            on_post: found.staff?.full_time_on_post ?? null,
            coverage: found.coverage,
            synthetic: ground.synthetic,
          },
        };
      });
    },
    extent: async (version) => ({ bbox: (await models.tiling(version)).bbox, interval: null }),
    async within(version, box) {
      const ground = await models.ground(version);
      const ids = await gridsIn(models.db, version.county, box);
      return ids.flatMap((id) => ground.gridById.get(id)?.code ?? []);
    },
  });
