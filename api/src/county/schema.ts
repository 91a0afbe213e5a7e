/** What `/api/county` and `/api/overview` answer. */
import { z } from '@hono/zod-openapi';

const count = z.number().int().min(0);

export const CountyAnswer = z
  .object({
    code: z.string(),
    name: z.string(),
    name_en: z.string(),
    time_zone: z.string(),
    code_scheme: z.string(),
    /** 按2023年报道总量模拟 */
    source_line: z.string(),
    origin: z.enum(['demonstration', 'real']),
    /** 演示数据·非真实情况, or null where the data is real. */
    demonstration_notice: z.string().nullable(),
    /** 示意图，网格界线不作为行政区域划界依据 */
    boundary_notice: z.string(),
    /** 审图号, where the county has one. */
    map_approval_no: z.string().nullable(),
    anchor_day: z.string().nullable(),
    edition: z.object({ n: z.number().int(), effective_on: z.string() }),
    categories: z.array(z.object({ code: z.string(), name: z.string(), name_en: z.string() })),
    /** [west, south, east, north] in degrees */
    bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    /** Credit lines that every output with this data must carry (CC BY). */
    attributions: z.array(z.string()),
  })
  .openapi('County');

/** Figures of an area in a window. Nulls are "no data", never zero. */
export const Totals = z
  .object({
    grids: z.object({ total: count, community: count, rural: count, special: count }),
    area_km2: z.number(),
    /** 常住; null where the county has given no dwellings. */
    households: count.nullable(),
    population: count.nullable(),
    /** In the window, by occurred_at. */
    reports: z.object({ total: count, collection: count, event: count, dispute: count, unlocated: count }),
    /** Disputes of the window, and how many of them are closed or archived now. */
    disputes: z.object({ total: count, resolved: count }),
    /** Events and disputes of the window that have not ended; its denominator. */
    open: z.object({ total: count, of: count }),
    by_category: z.record(z.string(), count),
    /** At the window's last day, or today where that is earlier; null where the county has given no staff. */
    staff: z
      .object({
        /** 在册, by kind, and of these 在岗. */
        full_time: count,
        stability: count,
        auxiliary: count,
        full_time_on_post: count,
        stability_on_post: count,
        auxiliary_on_post: count,
      })
      .nullable(),
    /** Grids by coverage class; adds up to grids.total. */
    coverage: z.object({ own: count, shared: count, vacant: count, unknown: count }),
    centres: count,
  })
  .openapi('Totals');

export const Area = z
  .object({
    code: z.string(),
    name: z.string(),
    name_en: z.string().nullable(),
    level: z.enum(['county', 'township', 'village', 'grid']),
    parent_code: z.string().nullable(),
  })
  .openapi('Area');

export const OverviewAnswer = z
  .object({
    /** The live position at which this stands: `/api/live?after=` goes on exactly there. */
    as_of: z.number().int(),
    at: z.string().datetime({ offset: true }),
    area: Area,
    /** Ancestors, county first. */
    path: z.array(Area),
    /** Half-open [from, to), instants; the days are those of the county's time zone. */
    window: z.object({ from: z.string(), to: z.string() }),
    totals: Totals,
    /** The parts at the level asked for, in code order; parts do not count what is known only for the whole. */
    parts: z.array(Area.extend({ totals: Totals })),
    /** Reports of the window whose place is not known well enough for any part. */
    unplaced: count,
  })
  .openapi('Overview');

export type CountyAnswer = z.infer<typeof CountyAnswer>;
export type OverviewAnswer = z.infer<typeof OverviewAnswer>;
export type Totals = z.infer<typeof Totals>;
export type Area = z.infer<typeof Area>;
