/** What `/api/incidents/changes` answers, and the events of `/api/live` carry. */
import { z } from '@hono/zod-openapi';
import { KINDS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';

export const LiveIncident = z
  .object({
    id: z.number().int(),
    kind: z.enum(KINDS),
    category: z.string(),
    urgency: z.enum(URGENCIES),
    state: z.enum(STATES),
    /** Seconds since 1970-01-01T00:00:00Z. */
    occurred_at: z.number().int(),
    reported_at: z.number().int(),
    /** 1e-7°, WGS 84 / CGCS2000; null where the place is not known to a point. */
    lon: z.number().int().nullable(),
    lat: z.number().int().nullable(),
    grid_id: z.number().int().nullable(),
    village_code: z.string().nullable(),
    township_code: z.string().nullable(),
  })
  .openapi('LiveIncident');

export const ChangesAnswer = z
  .object({
    /** The live position up to which these are all changes. */
    as_of: z.number().int(),
    at: z.string().datetime({ offset: true }),
    /** The last word on each incident that changed; it takes the place of what was known by its id. */
    incidents: z.array(LiveIncident),
  })
  .openapi('Changes');

export type ChangesAnswer = z.infer<typeof ChangesAnswer>;
