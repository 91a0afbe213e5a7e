import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readProfile } from '@wangge/api/county/profile';
import { ProfileError } from '@wangge/api/county/profile-problem';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SMALL = fileURLToPath(new URL('../fixtures/small-profile', import.meta.url));
/** Files of the small county with a fault in all but their first rows. */
const FAULTY = {
  'dwellings.csv': `户数,人口,经度,纬度
12,40,103.005,37.005
abc,40,103.005,37.005
12,,37.005,103.005
3,9,104.5,37.005
`,
  'workers.csv': `编号,类别,村代码
甲1,专职,990101100201
甲2,网格长,990101100202
`,
  'assignments.csv': `编号,网格,起,止
甲1,990101100201001,2026-01-01,
甲1,990101100201009,2026-01-01,
甲1,990101100202001,2026-05-01,2026-05-01
`,
  'incidents.csv': `编号,类别,时间,经度,纬度
1,道路,2026-03-05 08:30,103.005,37.005
2,路灯,2026-03-05 08:30,103.005,37.005
3,道路,昨天,103.005,37.005
`,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wangge-profile-'));
  await cp(SMALL, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const put = (file: string, text: string | Uint8Array) => writeFile(join(folder, file), text);
const edit = async (change: (profile: Record<string, never>) => void) => {
  const profile = JSON.parse(await readFile(join(folder, 'profile.json'), 'utf8'));
  change(profile);
  await put('profile.json', JSON.stringify(profile));
};
const problems = async (): Promise<readonly string[]> => {
  const error = await readProfile(folder).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProfileError)) throw error ?? new Error('the profile was accepted');
  return error.problems;
};

describe('a profile folder', () => {
  it('names file, row and field of every fault at once', async () => {
    for (const [file, text] of Object.entries(FAULTY)) await put(file, text);
    expect(await problems()).toEqual([
      expect.stringMatching(/^dwellings\.csv 第 3 行.*households（“户数”）.*“abc”.*非负整数/),
      expect.stringMatching(/^dwellings\.csv 第 4 行.*population（“人口”）.*没有值/),
      expect.stringMatching(/^dwellings\.csv 第 5 行.*104\.5, 37\.005 不在任何网格内/),
      expect.stringMatching(/^workers\.csv 第 3 行.*“类别”的值“网格长”不在 kind 的对照表里（专职）/),
      expect.stringMatching(/^assignments\.csv 第 3 行.*没有网格 grid_code“990101100201009”/),
      expect.stringMatching(/^assignments\.csv 第 4 行.*to 2026-05-01 须晚于 from/),
      expect.stringMatching(/^incidents\.csv 第 3 行.*类别“路灯”/),
      expect.stringMatching(/^incidents\.csv 第 4 行.*occurred_at “昨天”不是时间/),
    ]);
  });

  it('becomes a county in our terms', async () => {
    const { county, incidents, effectiveOn } = await readProfile(folder);
    expect(county.profile).toMatchObject({ code: '990101', synthetic: false, code_scheme: 'cn-grid-15' });
    expect(county.divisions.map((d) => [d.code, d.level, d.parent_code])).toEqual([
      ['990101', 'county', null],
      ['990101100', 'township', '990101'],
      ['990101100201', 'village', '990101100'],
      ['990101100202', 'village', '990101100'],
    ]);
    expect(county.dwellings).toMatchObject([{ grid_id: 1, households: 12, village_code: '990101100201' }]);
    expect(county.staff?.assignments).toEqual([
      { worker_id: 1, grid_id: 1, duty: 'own', from: '2026-01-01', to: null },
    ]);
    expect(incidents).toMatchObject([
      { category: 'road', occurred_at: new Date('2026-03-05T00:30:00Z'), precision: 'point', grid_id: 1 },
    ]);
    expect(effectiveOn).toBe('2026-01-01');
  });

  it('takes what it does not name as unknown', async () => {
    await edit((profile) => {
      for (const part of ['dwellings', 'staff', 'incidents']) delete profile[part];
    });
    const { county, incidents } = await readProfile(folder);
    expect([county.staff, county.dwellings, county.centres, incidents]).toEqual([null, [], [], []]);
  });

  it('reads CSV in UTF-8 with a byte order mark and in GB18030', async () => {
    const utf8 = '\uFEFF代码,乡镇,村\r\n990101100201,甲镇,东村\r\n990101100202,甲镇,西村\r\n';
    await put('divisions.csv', utf8);
    const names = async () => (await readProfile(folder)).county.divisions.map((d) => d.name);
    expect(await names()).toEqual(['示例县', '甲镇', '东村', '西村']);
    // 代码,乡镇,村 / 990101100201,甲镇,东村 / 990101100202,甲镇,西村
    const gb = [
      'b4fac2eb2ccfe7d5f22cb4e50a',
      `${Buffer.from('990101100201,').toString('hex')}bcd7d5f22cb6abb4e50a`,
      `${Buffer.from('990101100202,').toString('hex')}bcd7d5f22cceb7b4e5`.replace('ceb7', 'cef7'),
    ].join('');
    await put('divisions.csv', Buffer.from(gb, 'hex'));
    expect(await names()).toEqual(['示例县', '甲镇', '东村', '西村']);
  });

  it('takes GCJ-02 points back to where they are', async () => {
    // 100 m east of the shared border in GCJ-02, west of it in CGCS2000.
    await put('dwellings.csv', '户数,人口,经度,纬度\n12,40,103.011,37.005\n');
    const gridId = async () => (await readProfile(folder)).county.dwellings[0]?.grid_id;
    expect(await gridId()).toBe(2);
    await edit((profile) => Object.assign(profile.dwellings!, { crs: 'gcj02' }));
    expect(await gridId()).toBe(1);
  });

  it('leaves rows outside the county out only where told to, and counts them', async () => {
    await put('dwellings.csv', '户数,人口,经度,纬度\n12,40,103.005,37.005\n1,1,105,37\n');
    expect(await problems()).toHaveLength(1);
    await edit((profile) => Object.assign(profile.dwellings!, { outside: 'leave_out' }));
    const { county, leftOut } = await readProfile(folder);
    expect(county.dwellings).toHaveLength(1);
    expect(leftOut).toEqual([['dwellings.csv', 1]]);
  });

  it('keeps the place of a report without a point as exactly as the row names it', async () => {
    await edit((profile) =>
      Object.assign((profile.incidents as never as { fields: object }).fields, { village_code: '村' }),
    );
    await put(
      'incidents.csv',
      '编号,类别,时间,经度,纬度,村\n1,road,2026-03-05,,,990101100202\n2,Roads,2026-03-05,,,\n',
    );
    expect((await readProfile(folder)).incidents).toMatchObject([
      { precision: 'village', village_code: '990101100202', township_code: '990101100', grid_id: null },
      { precision: 'unknown', village_code: null, township_code: null },
    ]);
  });

  it.each([
    [
      'a misspelt key',
      (p: Record<string, unknown>) => Object.assign(p, { dwelings: {} }),
      /profile\.json \/：.*dwelings/,
    ],
    [
      'no time zone',
      (p: Record<string, unknown>) => Object.assign(p, { time_zone: 'Lanzhou' }),
      /time_zone.*Asia\/Shanghai/,
    ],
    ['an unknown scheme', (p: Record<string, unknown>) => Object.assign(p, { code_scheme: 'x' }), /code_scheme/],
    [
      'a file outside the folder',
      (p: Record<string, unknown>) => Object.assign(p.grids as object, { file: '../grids.geojson' }),
      /\.\.\/grids\.geojson：文件须在资料文件夹之内/,
    ],
    [
      'a missing file',
      (p: Record<string, unknown>) => Object.assign(p.grids as object, { file: 'a.geojson' }),
      /读不到/,
    ],
    [
      'a column that is not there',
      (p: Record<string, unknown>) => Object.assign((p.grids as { fields: object }).fields, { name: '名称' }),
      /grids\.geojson 第 1 个要素.*没有“名称”这一列（name）/,
    ],
    [
      'a code that does not follow the scheme',
      (p: Record<string, unknown>) => Object.assign(p, { code_scheme: 'cn-grid-14' }),
      /990101100201001.*cn-grid-14/,
    ],
  ])('refuses %s by name', async (_, change, message) => {
    await edit(change);
    expect((await problems()).join('\n')).toMatch(message);
  });

  it('refuses a grid that crosses itself, and says where', async () => {
    const grids = JSON.parse(await readFile(join(folder, 'grids.geojson'), 'utf8'));
    const ring = grids.features[1].geometry.coordinates[0];
    [ring[1], ring[2]] = [ring[2], ring[1]];
    await put('grids.geojson', JSON.stringify(grids));
    expect(await problems()).toEqual([expect.stringMatching(/^grids\.geojson 第 2 个要素.*网格几何无效.*103\.01/)]);
  });

  it('says what a folder without a profile is missing', async () => {
    await rm(join(folder, 'profile.json'));
    expect(await problems()).toEqual([expect.stringMatching(/profile\.json.*gulang-demo、none/)]);
  });
});
