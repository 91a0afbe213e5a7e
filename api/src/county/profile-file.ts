/** Rows of a file of a profile folder. */
import { readFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Geometry } from 'geojson';
import { z } from 'zod';
import type { Field } from './profile-format.ts';
import type { Problems } from './profile-problem.ts';

export interface Row {
  /** For messages: file and row, e.g. `staff.csv 第 3 行 line 3`. */
  readonly place: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Null in a CSV file and where a feature has none. */
  readonly geometry: Geometry | null;
}

const Features = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      properties: z.record(z.string(), z.unknown()).nullable(),
      geometry: z.object({ type: z.string() }).loose().nullable(),
    }),
  ),
});

/**
 * Reads a GeoJSON or CSV file.
 * @param problems takes what is wrong with the file; the rows are then empty
 */
export async function readRows(
  folder: string,
  { file, encoding }: { readonly file: string; readonly encoding?: 'utf-8' | 'gb18030' | undefined },
  problems: Problems,
): Promise<Row[]> {
  const path = resolve(folder, file);
  if (!path.startsWith(resolve(folder) + sep)) {
    problems.add(file, '文件须在资料文件夹之内。', 'The file must lie inside the profile folder.');
    return [];
  }
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch {
    problems.add(file, '读不到这个文件。', 'The file cannot be read.');
    return [];
  }
  try {
    return /\.csv$/i.test(file) ? csvRows(file, decode(bytes, encoding)) : geojsonRows(file, decode(bytes, 'utf-8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    problems.add(file, `无法解析（${reason}）。`, 'It cannot be parsed.');
    return [];
  }
}

/** Excel writes Chinese CSV in GB18030 without saying so; text that is not valid UTF-8 is taken for that. */
function decode(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030' | undefined): string {
  if (encoding) return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  }
}

function csvRows(file: string, text: string): Row[] {
  const records = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true }) as {
    readonly record: Record<string, string>;
    readonly info: { readonly lines: number };
  }[];
  return records.map(({ record, info }) => ({
    place: `${file} 第 ${info.lines} 行 line ${info.lines}`,
    values: record,
    geometry: null,
  }));
}

function geojsonRows(file: string, text: string): Row[] {
  const parsed = Features.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${parsed.error.issues[0]!.path.join('.')}: not a FeatureCollection`);
  return parsed.data.features.map(({ properties, geometry }, i) => ({
    place: `${file} 第 ${i + 1} 个要素 feature ${i + 1}`,
    values: properties ?? {},
    geometry: geometry as Geometry | null,
  }));
}

/** What a field of a row holds: its text, or null where it is empty. */
export type Value = string | null;

/**
 * Reads a row through a layer's `fields`.
 * @param problems takes a column that the file does not have and a value that `values` does not list
 */
export function readFields(
  row: Row,
  fields: Readonly<Record<string, Field | undefined>>,
  problems: Problems,
): Record<string, Value> {
  const read: Record<string, Value> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (field !== undefined) read[name] = readField(row, name, field, problems);
  }
  return read;
}

function readField(row: Row, name: string, field: Field, problems: Problems): Value {
  if (typeof field === 'object' && 'const' in field) return String(field.const);
  const rule = typeof field === 'string' ? { field } : field;
  if (!(rule.field in row.values)) {
    problems.add(
      row.place,
      `没有“${rule.field}”这一列（${name}）。`,
      `There is no column “${rule.field}” for ${name}.`,
    );
    return null;
  }
  const raw = row.values[rule.field];
  let text = raw === null || raw === undefined ? '' : String(raw).trim();
  if (text === '') return null;
  if (rule.first !== undefined) text = text.slice(0, rule.first);
  if (rule.last !== undefined) text = text.slice(-rule.last);
  if (rule.values) {
    const translated = Object.hasOwn(rule.values, text) ? rule.values[text]! : null;
    if (translated === null) {
      const listed = Object.keys(rule.values).join('、');
      problems.add(
        row.place,
        `“${rule.field}”的值“${text}”不在 ${name} 的对照表里（${listed}）。`,
        `“${text}” in “${rule.field}” is not among the values listed for ${name}.`,
      );
    }
    if (translated === null) return null;
    text = translated;
  }
  return `${rule.before ?? ''}${text}${rule.after ?? ''}`;
}

/** The column behind a field, for messages. */
export const columnOf = (field: Field | undefined): string =>
  typeof field === 'string' ? field : field && 'field' in field ? field.field : '';
