/** Which county a process serves: what the database holds, or what the settings load into it. */
import { SEED } from '@wangge/geodata/gulang/county';
import type { Database } from '../db/database.ts';
import type { Settings } from '../settings.ts';
import { addDays, dayOf } from './day.ts';
import { catchUp } from './demonstration.ts';
import { CountyRefusal, type HeldCounty, heldCounty, refuseMixing } from './held.ts';
import { loadCounty, loadDemonstrationCounty, loadIncidents } from './load.ts';
import { readProfile, readProfileCode } from './profile.ts';
import type { Progress } from './progress.ts';

const DEMO = { code: '620622', time_zone: 'Asia/Shanghai' };

/**
 * Loads the county that the settings name into an empty database, or checks it against the one that is there.
 * A demonstration is brought up to the present.
 * @returns null where there is none
 * @throws CountyRefusal, ProfileError
 */
export async function startCounty(
  db: Database,
  settings: Pick<Settings, 'county' | 'demoSeed'>,
  { clock, progress }: { readonly clock: () => Date; readonly progress: Progress },
): Promise<HeldCounty | null> {
  const held = await heldCounty(db);
  const { county } = settings;
  if (county.kind === 'profile') {
    await startProfile(db, held, county.folder, progress);
  } else if (county.kind === 'demonstration') {
    refuseMixing(held, DEMO.code, 'demonstration');
    if (held && settings.demoSeed !== null && held.seed !== settings.demoSeed) {
      throw new CountyRefusal(
        `数据库里的演示县由种子 ${held.seed} 生成，不能换成 ${settings.demoSeed}。请去掉 WANGGE_DEMO_SEED，或换一个空数据库（WANGGE_DATA）。`,
        `The demonstration in the database was generated from seed ${held.seed}, not ${settings.demoSeed}. Unset WANGGE_DEMO_SEED, or use an empty database (WANGGE_DATA).`,
      );
    }
    if (!held) {
      const loading = loadDemonstrationCounty(db, {
        seed: settings.demoSeed ?? SEED,
        anchor: addDays(dayOf(clock(), DEMO.time_zone), -1),
        asOf: clock(),
        progress,
      });
      await unlessLoadedMeanwhile(db, loading);
      refuseMixing(await heldCounty(db), DEMO.code, 'demonstration');
    }
  }
  const now = await heldCounty(db);
  if (now?.origin === 'demonstration') await catchUp(db, now, { asOf: clock(), progress });
  return now;
}

async function startProfile(db: Database, held: HeldCounty | null, folder: string, progress: Progress): Promise<void> {
  if (held?.origin === 'demonstration') refuseMixing(held, held.code, 'real');
  if (held) {
    refuseMixing(held, await readProfileCode(folder), 'real');
    progress.note(
      `数据库里已有 ${held.name}，没有再次写入 ${folder}。`,
      `The database holds ${held.name_en} already; ${folder} was not loaded again.`,
    );
    return;
  }
  progress.step('正在读取县域资料', 'Reading the profile');
  const { county, incidents, effectiveOn, leftOut } = await readProfile(folder);
  for (const [file, rows] of leftOut) {
    progress.note(
      `${file}：${rows} 行的点不在任何网格内，已按设置略去。`,
      `${file}: ${rows} rows whose point lies in no grid were left out, as the profile says.`,
    );
  }
  const loading = db.transaction(async (tx) => {
    await loadCounty(tx, county, { origin: 'real' }, { effectiveOn, progress });
    await loadIncidents(tx, county.profile.code, incidents, progress, incidents.length);
  });
  await unlessLoadedMeanwhile(db, loading);
  refuseMixing(await heldCounty(db), county.profile.code, 'real');
}

/** Of two processes that are started on one empty PostgreSQL, the second waits for the first and takes what it loaded. */
async function unlessLoadedMeanwhile(db: Database, loading: Promise<unknown>): Promise<void> {
  try {
    await loading;
  } catch (error) {
    if (!(error instanceof CountyRefusal) || (await heldCounty(db)) === null) throw error;
  }
}
