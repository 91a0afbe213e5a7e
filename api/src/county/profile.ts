/** A county from a profile folder: `profile.json` (see profile-format.ts) and the files that it names. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { County, CountyProfile, IsoDay } from '@wangge/geodata/county/county';
import type { Incident } from '@wangge/geodata/incidents/incident';
import { profileDivisions } from './profile-divisions.ts';
import { ProfileFormat } from './profile-format.ts';
import { profileGrids } from './profile-grids.ts';
import { profileIncidents } from './profile-incidents.ts';
import { Problems } from './profile-problem.ts';
import { profileCentres, profileDwellings, profileStaff } from './profile-staff.ts';

export interface Profile {
  readonly county: County;
  readonly incidents: readonly Incident[];
  readonly effectiveOn: IsoDay;
  /** What was left out because the profile said so, e.g. points outside the county. */
  readonly leftOut: readonly (readonly [file: string, rows: number])[];
}

const FILE = 'profile.json';

/**
 * Reads and checks a whole profile; nothing is repaired.
 * Dwellings, staff, centres and incidents that the profile does not name are unknown, not zero.
 * @throws ProfileError naming file, row and field of everything at fault
 */
export async function readProfile(folder: string): Promise<Profile> {
  const problems = new Problems(folder);
  const format = await readFormat(folder, problems);
  const profile: CountyProfile = {
    code: format.code,
    name: format.name,
    name_en: format.name_en,
    time_zone: format.time_zone,
    code_scheme: format.code_scheme,
    source_line: format.source_line,
    synthetic: false,
    categories: format.categories.map(({ code, name, name_en }) => ({ code, name, name_en })),
  };
  const divisions = await profileDivisions(folder, format, problems);
  const { grids, mesh } = await profileGrids(folder, format, divisions, problems);
  // Every other file is read against divisions and grids: with these at fault each of its rows would be a fault too.
  problems.refuseIfAny();

  const place = { divisions, grids, mesh };
  const leftOut: [string, number][] = [];
  const dwellings = await profileDwellings(folder, format, place, problems, leftOut);
  const staff = await profileStaff(folder, format, place, problems);
  const centres = await profileCentres(folder, format, place, problems);
  const incidents = await profileIncidents(folder, format, place, problems, leftOut);
  problems.refuseIfAny();
  return {
    county: { profile, divisions, grids, mesh, dwellings, staff, centres },
    incidents,
    effectiveOn: format.effective_on,
    leftOut,
  };
}

/**
 * The county's code alone, to compare with what a database holds.
 * @throws ProfileError where profile.json is at fault
 */
export async function readProfileCode(folder: string): Promise<string> {
  return (await readFormat(folder, new Problems(folder))).code;
}

async function readFormat(folder: string, problems: Problems): Promise<ProfileFormat> {
  let json: unknown;
  try {
    json = JSON.parse((await readFile(join(folder, FILE), 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code !== undefined;
    problems.add(
      FILE,
      missing ? '读不到。WANGGE_COUNTY 应为 gulang-demo、none 或含有 profile.json 的文件夹。' : '不是有效的 JSON。',
      missing
        ? 'It cannot be read. WANGGE_COUNTY is gulang-demo, none, or a folder with a profile.json.'
        : 'It is not valid JSON.',
    );
    problems.refuseIfAny();
  }
  const parsed = ProfileFormat.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    problems.add(`${FILE} ${path.join('.') || '/'}`, message, '');
  }
  problems.refuseIfAny();
  throw new Error('unreachable: a profile that does not parse has faults');
}
