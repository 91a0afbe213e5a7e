import { awayOn, holdsOn } from '@wangge/geodata/staffing/coverage';
import { addDays, startOfDay } from '../county/day.ts';
import type { Models } from '../county/models.ts';
import { type Collection, property } from '../ogc/collection.ts';
import { boxOfPoints } from '../ogc/extent.ts';
import { type MemoryFeature, memoryCollection, numberOrder, pointText } from '../ogc/memory.ts';

/** A point per assignment that holds today. No name, no telephone, no id of the worker: principle 8. */
export const staffingCollection = (models: Models): Collection =>
  memoryCollection({
    about: {
      id: 'staffing',
      title: '网格员配备',
      description: '今天有效的每项配备一个点，位于网格员所属村（社区）的办公地点；不含姓名、电话和人员编号。',
      geometry: 'Point',
      time: 'from',
      properties: [
        property('kind', 'string', 'full_time 专职 · stability 创稳 · auxiliary 辅助'),
        property('duty', 'string', 'own 主责 · cover 顶岗、代管'),
        property('grid_code', 'string', '所负责的网格'),
        property('township_code', 'string', '管理该网格的乡镇（街道）'),
        property('on_post', 'boolean', '今天是否在岗'),
        property('from', 'date', '自哪天起'),
        property('synthetic', 'boolean', '是否演示数据'),
      ],
    },
    order: numberOrder,
    tag: (version) => `${version.ground}.${version.today}`,
    async load(version) {
      const ground = await models.ground(version);
      if (!ground.staff) return [];
      const workers = new Map(ground.staff.workers.map((w) => [w.id, w]));
      const away = awayOn(ground.staff.absences, version.today);
      const midnight = (day: string) => startOfDay(day, version.time_zone).getTime();
      return ground.staff.assignments.flatMap((assignment): MemoryFeature[] => {
        const worker = workers.get(assignment.worker_id);
        const grid = ground.gridById.get(assignment.grid_id);
        if (!worker || !grid || !holdsOn(assignment, version.today)) return [];
        const office = ground.divisionByCode.get(worker.village_code);
        const point =
          office && office.seat_lon !== null && office.seat_lat !== null
            ? ([office.seat_lon, office.seat_lat] as const)
            : null;
        return [
          {
            id: String(assignment.id),
            geometry: point && pointText(...point),
            point,
            // GDAL turns a condition on `from` into `datetime`, so that is what it must select by.
            interval: { start: midnight(assignment.from), end: midnight(addDays(assignment.from, 1)) },
            properties: {
              kind: worker.kind,
              duty: assignment.duty,
              grid_code: grid.code,
              township_code: grid.managing_township_code,
              on_post: !away.has(worker.id),
              from: assignment.from,
              synthetic: ground.synthetic,
            },
          },
        ];
      });
    },
    async extent(version, features) {
      const days = features.map(({ properties }) => properties.from as string).sort();
      const at = (day: string) => startOfDay(day, version.time_zone).toISOString();
      return {
        bbox: boxOfPoints(features) ?? (await models.tiling(version)).bbox,
        interval: days.length === 0 ? null : [at(days[0]!), at(days.at(-1)!)],
      };
    },
  });
