/** What `POST /api/incidents` accepts and answers. */
import { z } from '@hono/zod-openapi';
import { KINDS, PRECISIONS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';
import { CoordinateSystem } from '../grids/schema.ts';

/** Control characters and lone surrogates cannot be stored as text. */
const printable = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, '含有控制字符');

export const IncidentReport = z
  .object({
    /** The reporting system, e.g. `pingan-gansu`. With external_id the key: posting again updates state and place. */
    source: printable(64),
    external_id: printable(128),
    kind: z.enum(KINDS),
    category: z.string().min(1).max(64),
    urgency: z.enum(URGENCIES).default('normal'),
    state: z.enum(STATES).default('reported'),
    occurred_at: z.iso.datetime({ offset: true }),
    /** Default: occurred_at of a first post, else unchanged. */
    reported_at: z.iso.datetime({ offset: true }).optional(),
    /** When `state` was reached; default: now. */
    state_at: z.iso.datetime({ offset: true }).optional(),
    /** The coordinate system is required: GCJ-02 is 163–247 m off in this county. */
    point: z
      .object({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90), crs: CoordinateSystem })
      .strict()
      .optional(),
    /** Where there is no point: the smallest area that is known. */
    grid_code: z.string().max(32).optional(),
    village_code: z.string().max(32).optional(),
    township_code: z.string().max(32).optional(),
  })
  .strict()
  .openapi('IncidentReport');

export const IncidentBatch = z
  .object({ incidents: z.array(z.unknown()).min(1).max(5000) })
  .strict()
  .openapi('IncidentBatch');

export const ReportFate = z
  .object({
    index: z.number().int(),
    source: z.string().nullable(),
    external_id: z.string().nullable(),
    fate: z.enum(['created', 'updated', 'unchanged', 'refused']),
    id: z.number().int().nullable(),
    grid_code: z.string().nullable(),
    precision: z.enum(PRECISIONS).nullable(),
    /** Why it was refused, by field. */
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
  })
  .openapi('ReportFate');

export const ReportAnswer = z
  .object({
    as_of: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int(),
    refused: z.number().int(),
    results: z.array(ReportFate),
  })
  .openapi('ReportAnswer');

export type IncidentReport = z.infer<typeof IncidentReport>;
export type ReportFate = z.infer<typeof ReportFate>;
export type ReportAnswer = z.infer<typeof ReportAnswer>;
