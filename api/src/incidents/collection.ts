import { NO_POINT } from '@wangge/geodata/incidents/columns';
import { ENDED } from '@wangge/geodata/incidents/incident';
import { toDegrees } from '@wangge/geodata/mesh/lattice';
import { sql } from 'drizzle-orm';
import type { Models } from '../county/models.ts';
import { printed } from '../county/window.ts';
import { type Box, type Collection, property } from '../ogc/collection.ts';
import { type TableProperty, tableCollection } from '../ogc/table.ts';
import type { IncidentsAt } from './read-model.ts';

const own = (name: string, type: TableProperty['type'], description: string, column = sql.raw(`i.${name}`)) => ({
  ...property(name, type, description),
  column,
});

const ENDED_LIST = sql.raw([...ENDED].map((state) => `'${state}'`).join(', '));

export const incidentsCollection = (models: Models): Collection =>
  tableCollection(models.db, {
    about: {
      id: 'incidents',
      title: '上报信息',
      description:
        '信息采集、事件和矛盾纠纷。没有坐标的 geometry 为 null，不画在区域中心；datetime 按发生时间（occurred_at）选取。',
      geometry: 'Point',
      time: 'occurred_at',
    },
    properties: [
      own('id', 'integer', '标识'),
      own('source', 'string', '上报来源系统'),
      own('kind', 'string', 'collection 信息采集 · event 事件 · dispute 矛盾纠纷'),
      own('category', 'string', '分类代码，见本县分类字典'),
      own('urgency', 'string', 'normal 一般 · urgent 紧急 · critical 特急'),
      own('state', 'string', '状态'),
      own('occurred_at', 'date-time', '发生时间'),
      own('reported_at', 'date-time', '上报时间'),
      own('precision', 'string', '地点精度：point · grid · village · township · unknown'),
      own('grid_code', 'string', '现在所在的网格；不知道时为 null', sql`g.code`),
      own('village_code', 'string', '所在的村（社区）；不知道时为 null'),
      own('township_code', 'string', '所在的乡镇（街道）；不知道时为 null'),
      own(
        'open',
        'boolean',
        '未办结的事件和矛盾纠纷',
        sql`(i.kind <> 'collection' AND i.state NOT IN (${ENDED_LIST}))`,
      ),
      own('synthetic', 'boolean', '是否演示数据', sql`(c.origin = 'demonstration')`),
    ],
    from: () => sql`incident i JOIN county c ON c.code = i.county_code
      LEFT JOIN grid_current g ON g.county_code = i.county_code AND g.grid_id = i.grid_id`,
    where: (county) => sql`i.county_code = ${county}`,
    key: sql`i.id`,
    geom: sql`i.geom`,
    instant: sql`i.occurred_at`,
    tag: (version) => `${version.ground}.${version.incidents}`,
    async extent(version) {
      const { columns } = await models.incidents(version);
      const bbox = boxOf(columns) ?? (await models.tiling(version)).bbox;
      const interval =
        columns.length === 0
          ? null
          : ([printed(columns.occurred_at[0]!), printed(columns.occurred_at[columns.length - 1]!)] as const);
      return { bbox, interval };
    },
  });

/** The box around all points, degrees; null where none has a point. */
function boxOf({ length, lon, lat }: IncidentsAt['columns']): Box | null {
  let [west, south, east, north] = [NO_POINT, NO_POINT, -NO_POINT, -NO_POINT];
  for (let row = 0; row < length; row++) {
    const x = lon[row]!;
    const y = lat[row]!;
    if (x === NO_POINT) continue;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return west > east ? null : [toDegrees(west), toDegrees(south), toDegrees(east), toDegrees(north)];
}
