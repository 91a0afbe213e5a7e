/** What the list of incidents and a single incident answer. */
import { z } from '@hono/zod-openapi';
import { KINDS, PRECISIONS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';
import { Area } from '../county/schema.ts';
import { CoordinateSystem } from '../grids/schema.ts';
import { ORDERS, SORTS } from './cursor.ts';

const instant = z.string().openapi({ format: 'date-time' });

export const ListedIncident = z
  .object({
    id: z.number().int(),
    source: z.string(),
    external_id: z.string(),
    kind: z.enum(KINDS),
    category: z.string(),
    urgency: z.enum(URGENCIES),
    state: z.enum(STATES),
    /** 未办结: an event or dispute that has not ended. */
    open: z.boolean(),
    occurred_at: instant,
    reported_at: instant,
    /** When `state` was reached. */
    state_at: instant,
    precision: z.enum(PRECISIONS),
    /** Degrees, CGCS2000 / WGS 84; null where the place is not known to a point. */
    lon: z.number().nullable(),
    lat: z.number().nullable(),
    /** The grid in which it lies now. */
    grid_code: z.string().nullable(),
    village_code: z.string().nullable(),
    township_code: z.string().nullable(),
    /** 演示数据 */
    synthetic: z.boolean(),
  })
  .openapi('Incident');

export const IncidentList = z
  .object({
    as_of: z.number().int(),
    at: z.string().datetime({ offset: true }),
    area: Area,
    /** Half-open [from, to), instants; by occurred_at. */
    window: z.object({ from: z.string(), to: z.string() }),
    sort: z.enum(SORTS),
    order: z.enum(ORDERS),
    /** 符合条件的总数，不止这一页 */
    matched: z.number().int().min(0),
    incidents: z.array(ListedIncident),
    /** 下一页的 cursor；最后一页为 null */
    next: z.string().nullable(),
  })
  .openapi('IncidentList');

const Grid = z.object({ code: z.string(), name: z.string() });

export const IncidentAnswer = ListedIncident.extend({
  as_of: z.number().int(),
  /** 坐标按上报时的坐标系给出的原值；已是 CGCS2000 时与 lon、lat 相同；没有坐标为 null */
  given: z.object({ crs: CoordinateSystem, lon: z.number(), lat: z.number() }).nullable(),
  /** 发生时所在的网格，按当时版次的编码和名称；current：现行版次中还有这个网格 */
  grid_then: Grid.extend({ current: z.boolean() }).nullable(),
  /** 现在所在的网格 */
  grid: Grid.nullable(),
  /** 所在的区域，从县到已知的最小区域；地点不明时只有县 */
  path: z.array(Area),
  /** 流转，从早到晚；最后一步是现在的状态 */
  trail: z.array(z.object({ from_state: z.enum(STATES).nullable(), to_state: z.enum(STATES), at: instant })),
}).openapi('IncidentWithTrail');

export type ListedIncident = z.infer<typeof ListedIncident>;
export type IncidentList = z.infer<typeof IncidentList>;
export type IncidentAnswer = z.infer<typeof IncidentAnswer>;
