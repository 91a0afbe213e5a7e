import { check } from '@wangge/geodata/check/check';
import { codeFaults, schemeOf } from '@wangge/geodata/code/scheme';
import type { Division, Grid } from '@wangge/geodata/county/county';
import { type CoordinateSystem, toWgs84 } from '@wangge/geodata/crs/convert';
import { meshFromFeatures } from '@wangge/geodata/mesh/geojson';
import type { Cell, Mesh } from '@wangge/geodata/mesh/mesh';
import type { Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import { type Row, readRows } from './profile-file.ts';
import type { ProfileFormat } from './profile-format.ts';
import type { Problems } from './profile-problem.ts';
import { GridRow, readRow } from './profile-rows.ts';

export interface Grids {
  readonly grids: readonly Grid[];
  readonly mesh: Mesh;
}

/**
 * The grids and their mesh. Ids are those of the file or, where it has none, 1, 2, … in the order of codes. A polygon
 * that crosses itself is a fault; gaps and overlaps between grids are not, the loader reports them.
 */
export async function profileGrids(
  folder: string,
  format: ProfileFormat,
  divisions: readonly Division[],
  problems: Problems,
): Promise<Grids> {
  const layer = format.grids;
  const byCode = new Map(divisions.map((division) => [division.code, division]));
  const scheme = schemeOf(format.code_scheme);
  const rows: { row: Row; read: ReturnType<typeof GridRow.parse> }[] = [];
  for (const row of await readRows(folder, layer, problems)) {
    const read = readRow(row, layer.fields, GridRow, problems);
    if (read) rows.push({ row, read });
  }
  rows.sort((a, b) => (a.read.code < b.read.code ? -1 : 1));

  const grids: Grid[] = [];
  const cells = new Map<number, Cell>();
  const codes = new Set<string>();
  for (const [i, { row, read }] of rows.entries()) {
    const id = read.id ?? i + 1;
    const village = byCode.get(read.village_code);
    if (village?.level !== 'village') {
      problems.add(
        row.place,
        `village_code“${read.village_code}”不是已列出的村（社区）。`,
        'village_code is not a village of this profile.',
      );
      continue;
    }
    const township = read.managing_township_code ?? village.parent_code!;
    if (byCode.get(township)?.level !== 'township') {
      problems.add(
        row.place,
        `managing_township_code“${township}”不是已列出的乡镇。`,
        'managing_township_code is not a township of this profile.',
      );
    }
    const faults = codeFaults(scheme, read.code, read.village_code, read.class);
    if (faults.length > 0) {
      problems.add(
        row.place,
        `网格编码“${read.code}”不符合 ${scheme.id}（${scheme.label}）：${faults.join('、')}。`,
        `The code does not follow ${scheme.id}: ${faults.join(', ')}.`,
      );
    }
    if (codes.has(read.code)) problems.add(row.place, `网格编码“${read.code}”重复。`, 'The code comes twice.');
    if (id < 1 || cells.has(id)) {
      problems.add(row.place, `网格 id ${id} 重复或不是正整数。`, 'The id comes twice or is not positive.');
      continue;
    }
    codes.add(read.code);
    const cell = cellOf(row, id, layer.crs, problems);
    if (!cell) continue;
    cells.set(id, cell);
    grids.push({
      id,
      code: read.code,
      name: read.name,
      class: read.class,
      village_code: read.village_code,
      managing_township_code: township,
      owner_unit: read.owner_unit,
    });
  }
  if (rows.length === 0) problems.add(layer.file, '没有一个网格。', 'There is no grid in it.');
  return { grids, mesh: { cells } };
}

function cellOf(row: Row, id: number, crs: CoordinateSystem, problems: Problems): Cell | null {
  const { geometry } = row;
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') {
    problems.add(row.place, '网格须有面状几何（GeoJSON）。', 'A grid needs a Polygon or MultiPolygon of GeoJSON.');
    return null;
  }
  let mesh: Mesh;
  try {
    mesh = meshFromFeatures([{ id, geometry: converted(geometry, crs) }]);
  } catch (error) {
    problems.add(row.place, '网格几何有误：', error instanceof Error ? error.message : String(error));
    return null;
  }
  // Alone, a cell has no neighbours to leave a gap to, except in a hole of its own.
  const faults = check(mesh).filter((issue) => issue.severity === 'error' && issue.rule !== 'gap');
  for (const { rule, at } of faults.slice(0, 1)) {
    problems.add(
      row.place,
      `网格几何无效（${rule}${at ? `，${at.join(', ')}` : ''}）。`,
      'The polygon is not valid there, e.g. it crosses itself.',
    );
  }
  return faults.length === 0 ? (mesh.cells.get(id) ?? null) : null;
}

/** Every position taken to CGCS2000 / WGS 84; equal positions stay equal, so that shared borders stay shared. */
function converted<G extends Polygon | MultiPolygon>(geometry: G, crs: CoordinateSystem): G {
  if (crs === '4490') return geometry;
  const turn = (value: unknown): unknown =>
    Array.isArray(value) && typeof value[0] === 'number'
      ? toWgs84(value as unknown as [number, number], crs)
      : (value as readonly unknown[]).map(turn);
  return { ...geometry, coordinates: turn(geometry.coordinates) as (Geometry & G)['coordinates'] & Position[] };
}
