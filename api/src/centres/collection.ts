import type { Models } from '../county/models.ts';
import { type Collection, property } from '../ogc/collection.ts';
import { boxOfPoints } from '../ogc/extent.ts';
import { type MemoryFeature, memoryCollection, numberOrder, pointText } from '../ogc/memory.ts';

export const centresCollection = (models: Models): Collection =>
  memoryCollection({
    about: {
      id: 'centres',
      title: '综治中心',
      description: '县、乡镇和村的社会治安综合治理中心。',
      geometry: 'Point',
      time: null,
      properties: [
        property('name', 'string', '名称'),
        property('level', 'string', 'county 县 · township 乡镇（街道） · village 村（社区）'),
        property('division_code', 'string', '所服务的区划'),
        property('fengqiao', 'boolean', '是否“枫桥式”综治中心'),
        property('synthetic', 'boolean', '是否演示数据'),
      ],
    },
    order: numberOrder,
    tag: (version) => version.ground,
    async load(version) {
      const ground = await models.ground(version);
      return ground.centres.map(
        (centre): MemoryFeature => ({
          id: String(centre.id),
          geometry: pointText(centre.lon, centre.lat),
          point: [centre.lon, centre.lat],
          properties: {
            name: centre.name,
            level: centre.level,
            division_code: centre.division_code,
            fengqiao: centre.fengqiao,
            synthetic: ground.synthetic,
          },
        }),
      );
    },
    extent: async (version, features) => ({
      bbox: boxOfPoints(features) ?? (await models.tiling(version)).bbox,
      interval: null,
    }),
  });
