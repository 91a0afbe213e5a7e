/** What `/api/locate` accepts and answers. */
import { z } from '@hono/zod-openapi';

/** 4490: CGCS2000, taken as WGS 84. */
export const CoordinateSystem = z.enum(['4490', 'gcj02', 'bd09']);

export const LocateAnswer = z
  .object({
    /** Corrected to CGCS2000 / WGS 84, on the 1e-7° lattice. */
    point: z.object({ lon: z.number(), lat: z.number() }),
    given: z.object({ lon: z.number(), lat: z.number(), crs: CoordinateSystem }),
    /** Distance between the two, metres. */
    shift_m: z.number(),
    /** Null outside the county. On a shared border: the grid with the smaller id. */
    grid: z
      .object({
        id: z.number().int(),
        code: z.string(),
        name: z.string(),
        class: z.enum(['community', 'rural', 'special']),
        village_code: z.string(),
        village_name: z.string(),
        township_code: z.string(),
        township_name: z.string(),
        managing_township_code: z.string(),
      })
      .nullable(),
    edition: z.number().int(),
  })
  .openapi('Locate');
export type LocateAnswer = z.infer<typeof LocateAnswer>;
