/** What each row of a profile's files must hold, and the sentences for what it does not. */
import type { LonLat } from '@wangge/geodata/county/county';
import { type CoordinateSystem, toWgs84 } from '@wangge/geodata/crs/convert';
import { KINDS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';
import { toDegrees, toLattice } from '@wangge/geodata/mesh/lattice';
import { z } from 'zod';
import { columnOf, type Row, readFields } from './profile-file.ts';
import type { Field } from './profile-format.ts';
import type { Problems } from './profile-problem.ts';

const text = z.string().max(200, '太长，最多 200 字。It is too long: at most 200 characters.');
const code = z
  .string()
  .regex(/^[0-9A-Za-z_.-]{1,32}$/, '编码只能有数字、字母和 - _ .。A code is digits, letters and - _ . only.');
const whole = z
  .string()
  .regex(/^\d{1,9}(\.0+)?$/, '应为非负整数。It must be a whole number, zero or more.')
  .transform(Number);
const one = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, `只能是 ${words.join('、')}。It must be one of ${words.join(', ')}.`);
const yes = z
  .string()
  .toLowerCase()
  .pipe(one(['true', 'false', '1', '0', 'yes', 'no', '是', '否']))
  .transform((word) => ['true', '1', 'yes', '是'].includes(word));
const day = z.iso.date('应为 YYYY-MM-DD 的日期。It must be a day, YYYY-MM-DD.');
const list = z.string().transform((words) =>
  words
    .split(/[;；、,，|]/)
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);
const degrees = z
  .string()
  .regex(/^-?\d{1,3}(\.\d+)?$/, '应为以度为单位的坐标。It must be a coordinate in degrees.')
  .transform(Number);
/** Absent and empty are both null. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().default(null as never);

const coordinates = { lon: maybe(degrees), lat: maybe(degrees) };

export const DivisionRow = z.object({
  code,
  name: text,
  short_name: maybe(text),
  name_en: maybe(text),
  parent_code: maybe(code),
  official: maybe(yes),
  aliases: maybe(list),
  ...coordinates,
});
export const GridRow = z.object({
  id: maybe(whole),
  code,
  name: text,
  class: one(['community', 'rural', 'special']),
  village_code: code,
  managing_township_code: maybe(code),
  owner_unit: maybe(text),
});
export const DwellingRow = z.object({
  id: maybe(whole),
  households: whole,
  population: whole,
  registered_households: maybe(whole),
  registered_population: maybe(whole),
  ...coordinates,
});
export const WorkerRow = z.object({
  code: text,
  kind: one(['full_time', 'stability', 'auxiliary']),
  work_phone: maybe(text),
  village_code: code,
});
export const AssignmentRow = z.object({
  worker_code: text,
  grid_code: code,
  duty: one(['own', 'cover']),
  from: day,
  to: maybe(day),
});
export const AbsenceRow = z.object({
  worker_code: text,
  reason: one(['leave', 'sick', 'training', 'seconded', 'vacated']),
  from: day,
  to: maybe(day),
});
export const CentreRow = z.object({
  id: maybe(whole),
  name: text,
  level: one(['county', 'township', 'village']),
  division_code: code,
  fengqiao: maybe(yes),
  ...coordinates,
});
export const IncidentRow = z.object({
  external_id: z.string().max(128, '最多 128 字。At most 128 characters.'),
  kind: one(KINDS),
  category: text,
  occurred_at: text,
  urgency: maybe(one(URGENCIES)),
  state: maybe(one(STATES)),
  reported_at: maybe(text),
  state_at: maybe(text),
  grid_code: maybe(code),
  village_code: maybe(code),
  township_code: maybe(code),
  ...coordinates,
});

/**
 * Reads a row through its layer's `fields` and checks it.
 * @param problems takes each fault, by file, row and column
 * @returns null where there was a fault
 */
export function readRow<T extends z.ZodType>(
  row: Row,
  fields: Readonly<Record<string, Field | undefined>>,
  schema: T,
  problems: Problems,
): z.output<T> | null {
  const before = problems.list.length;
  const values = readFields(row, fields, problems);
  if (problems.list.length > before) return null;
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const name = String(path[0]);
    const column = columnOf(fields[name]);
    const value = values[name] ?? null;
    const said = value === null ? '没有值。There is no value.' : `“${value}”：${message}`;
    problems.add(row.place, `${name}${column && column !== name ? `（“${column}”）` : ''}`, said);
  }
  return null;
}

/**
 * A row's point in WGS 84 / CGCS2000 on the lattice.
 * @returns null where it has none; undefined where it is at fault
 */
export function readPoint(
  row: Row,
  values: { readonly lon: number | null; readonly lat: number | null },
  crs: CoordinateSystem,
  problems: Problems,
): LonLat | null | undefined {
  let { lon, lat } = values;
  if (row.geometry) {
    if (row.geometry.type !== 'Point') {
      problems.add(row.place, `几何应为点，而不是 ${row.geometry.type}。`, 'The geometry must be a Point.');
      return undefined;
    }
    [lon = null, lat = null] = row.geometry.coordinates as [number, number];
  }
  if (lon === null && lat === null) return null;
  if (lon === null || lat === null || !(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) {
    problems.add(
      row.place,
      `坐标 ${lon}, ${lat} 不是经度、纬度（度）。`,
      'The coordinates are not longitude, latitude in degrees; the order may be swapped.',
    );
    return undefined;
  }
  const [x, y] = toWgs84([lon, lat], crs);
  return [toDegrees(toLattice(x)), toDegrees(toLattice(y))];
}
