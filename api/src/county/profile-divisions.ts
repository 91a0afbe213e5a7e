import type { Division } from '@wangge/geodata/county/county';
import { readRows } from './profile-file.ts';
import type { ProfileFormat } from './profile-format.ts';
import type { Problems } from './profile-problem.ts';
import { DivisionRow, readPoint, readRow } from './profile-rows.ts';

/**
 * The county and the divisions of every layer. Rows that name a division again with the same words count once, so that
 * townships may be read from a column of the villages' file.
 */
export async function profileDivisions(folder: string, format: ProfileFormat, problems: Problems): Promise<Division[]> {
  const county: Division = {
    code: format.code,
    name: format.name,
    short_name: format.name,
    name_en: format.name_en,
    level: 'county',
    parent_code: null,
    official: true,
    aliases: [],
    seat: null,
  };
  const byCode = new Map([[county.code, county]]);
  const places = new Map<string, string>();
  for (const layer of format.divisions) {
    for (const row of await readRows(folder, layer, problems)) {
      const read = readRow(row, layer.fields, DivisionRow, problems);
      if (!read) continue;
      // A township's polygon is not taken: its extent is that of its grids.
      const seat = row.geometry && row.geometry.type !== 'Point' ? null : readPoint(row, read, layer.crs, problems);
      if (seat === undefined) continue;
      const division: Division = {
        code: read.code,
        name: read.name,
        short_name: read.short_name ?? read.name,
        name_en: read.name_en,
        level: layer.level,
        parent_code: read.parent_code ?? (layer.level === 'township' ? county.code : null),
        official: read.official ?? true,
        aliases: read.aliases ?? [],
        seat,
      };
      const known = byCode.get(division.code);
      if (known && JSON.stringify(known) !== JSON.stringify(division)) {
        problems.add(
          row.place,
          `编码 ${division.code} 已用于“${known.name}”。`,
          `Code ${division.code} is taken by “${known.name}”, which differs.`,
        );
      }
      byCode.set(division.code, known ?? division);
      places.set(division.code, row.place);
    }
  }
  const wanted = { township: 'county', village: 'township' } as const;
  for (const division of byCode.values()) {
    if (division.level === 'county') continue;
    const parent = byCode.get(division.parent_code ?? '');
    if (parent?.level === wanted[division.level]) continue;
    problems.add(
      places.get(division.code)!,
      `${division.name} 的上级 parent_code“${division.parent_code ?? ''}”不是已列出的${division.level === 'village' ? '乡镇' : '县'}。`,
      `The parent_code of ${division.code} is not a ${wanted[division.level]} of this profile.`,
    );
  }
  return [...byCode.values()];
}
