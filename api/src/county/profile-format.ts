/**
 * `profile.json`: what a county's folder says about its files. Everything is strict: a misspelt key is refused by name.
 *
 * A file is GeoJSON (`.geojson`, `.json`; UTF-8) or CSV (`.csv`, with a header line; UTF-8 with or without a byte order
 * mark, or GB18030). `fields` says, for each thing that the county needs, where a row has it; see `Field`.
 */
import { SCHEMES } from '@wangge/geodata/code/scheme';
import { COORDINATE_SYSTEMS } from '@wangge/geodata/crs/convert';
import { z } from 'zod';

/**
 * Where a row has a value: the name of a column or property, or
 * - `{ "const": "rural" }`: the same for every row;
 * - `{ "field": "ANC_ID", "first": 1 }`: its first characters; `last` likewise;
 * - `{ "field": "类型", "values": { "社区": "community" } }`: translated, and a value that is not listed is an error;
 * - `{ "field": "ANC_ID", "before": "Ward " }`: with words before or `after` it.
 * `first` and `last` apply before `values`, `values` before `before` and `after`. An empty value is no value.
 */
export const Field = z.union([
  z.string().min(1),
  z.strictObject({ const: z.union([z.string(), z.number(), z.boolean()]) }),
  z.strictObject({
    field: z.string().min(1),
    first: z.int().positive().optional(),
    last: z.int().positive().optional(),
    values: z.record(z.string(), z.string()).optional(),
    before: z.string().optional(),
    after: z.string().optional(),
  }),
]);
export type Field = z.infer<typeof Field>;

const file = {
  /** Inside the profile's folder. */
  file: z.string().min(1),
  /** Of CSV; found out where it is not stated. */
  encoding: z.enum(['utf-8', 'gb18030']).optional(),
};
const spatial = {
  ...file,
  /** Coordinate system of the file: 4490 is CGCS2000, taken as WGS 84; GCJ-02 is 163–247 m off it in Gansu. */
  crs: z.enum(COORDINATE_SYSTEMS).default('4490'),
};
const points = {
  ...spatial,
  /** What becomes of a row whose point lies in no grid: the load is refused, or the row is left out and counted. */
  outside: z.enum(['refuse', 'leave_out']).default('refuse'),
};

/** A layer's fields: those without which a row makes no sense, and those that may be missing. */
const fields = <R extends string, O extends string = never>(required: readonly R[], optional: readonly O[] = []) =>
  z.strictObject({
    ...(Object.fromEntries(required.map((name) => [name, Field])) as Record<R, typeof Field>),
    ...(Object.fromEntries(optional.map((name) => [name, Field.optional()])) as Record<O, z.ZodOptional<typeof Field>>),
  });

/** Columns of a point in a CSV file; of GeoJSON the geometry is read. */
const COORDINATES = ['lon', 'lat'] as const;

const DivisionLayer = z.strictObject({
  ...spatial,
  level: z.enum(['township', 'village']),
  fields: fields(['code', 'name'], ['short_name', 'name_en', 'parent_code', 'official', 'aliases', ...COORDINATES]),
});

export const ProfileFormat = z.strictObject({
  /** Division code of the county, 6 digits in China. */
  code: z.string().regex(/^[0-9A-Za-z-]{1,12}$/, '请写县级区划代码，例如 620622。Give the county’s code, e.g. 620622.'),
  name: z.string().min(1),
  name_en: z.string().min(1),
  /** IANA name; days are counted in it, and times without an offset are read in it. */
  time_zone: z.string().refine(
    (zone) => {
      try {
        new Intl.DateTimeFormat('en', { timeZone: zone });
        return true;
      } catch {
        return false;
      }
    },
    { error: '请写 IANA 时区名，例如 Asia/Shanghai。Give an IANA time zone, e.g. Asia/Shanghai.' },
  ),
  code_scheme: z.enum(Object.keys(SCHEMES) as [string, ...string[]]),
  /** Where the figures come from; printed on every output. */
  source_line: z.string().min(1),
  /** The day on which these grids took effect, `YYYY-MM-DD`. */
  effective_on: z.iso.date(),
  /** Dictionary of incident categories; `values` are the words for it in the files, beside its code and names. */
  categories: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, '小写字母、数字和下划线。Lower-case letters, digits and _.'),
        name: z.string().min(1),
        name_en: z.string().min(1),
        values: z.array(z.string()).default([]),
      }),
    )
    .min(1)
    .max(255),
  /** Townships and villages, each from one or several files. The county itself comes from the head of this profile. */
  divisions: z.array(DivisionLayer).min(2),
  grids: z.strictObject({
    ...spatial,
    fields: fields(['code', 'name', 'class', 'village_code'], ['id', 'managing_township_code', 'owner_unit']),
  }),
  dwellings: z
    .strictObject({
      ...points,
      fields: fields(
        ['households', 'population'],
        ['id', 'registered_households', 'registered_population', ...COORDINATES],
      ),
    })
    .optional(),
  staff: z
    .strictObject({
      workers: z.strictObject({ ...file, fields: fields(['code', 'kind', 'village_code'], ['work_phone']) }),
      assignments: z.strictObject({ ...file, fields: fields(['worker_code', 'grid_code', 'duty', 'from'], ['to']) }),
      absences: z.strictObject({ ...file, fields: fields(['worker_code', 'reason', 'from'], ['to']) }).optional(),
    })
    .optional(),
  centres: z
    .strictObject({
      ...spatial,
      fields: fields(['name', 'level', 'division_code'], ['id', 'fengqiao', ...COORDINATES]),
    })
    .optional(),
  incidents: z
    .strictObject({
      ...points,
      /** The system that reported them. */
      source: z.string().trim().min(1).max(64),
      fields: fields(
        ['external_id', 'kind', 'category', 'occurred_at'],
        ['urgency', 'state', 'reported_at', 'state_at', 'grid_code', 'village_code', 'township_code', ...COORDINATES],
      ),
    })
    .optional(),
});
export type ProfileFormat = z.infer<typeof ProfileFormat>;
