/** The county that a database holds already, and what that keeps out. */
import type { IsoDay } from '@wangge/geodata/county/county';
import { sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';

/** A county that may not be written here; the message says why and what to do, Chinese first. */
export class CountyRefusal extends Error {
  override name = 'CountyRefusal';
  constructor(zh: string, en: string) {
    super(`${zh}\n${en}`);
  }
}

/** The county that a database holds. */
export interface HeldCounty {
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  readonly time_zone: string;
  readonly origin: 'demonstration' | 'real';
  readonly seed: number | null;
  readonly anchor_day: IsoDay | null;
}

/** @returns null where the database holds none */
export async function heldCounty(db: Queries): Promise<HeldCounty | null> {
  const [held] = await db.rows<HeldCounty>(
    sql`SELECT code, name, name_en, time_zone, origin, seed, anchor_day FROM county ORDER BY loaded_at, code LIMIT 1`,
  );
  return held ?? null;
}

/**
 * A database is either demonstration or real for ever, and holds one county.
 * @throws CountyRefusal where `held` keeps this county out
 */
export function refuseMixing(held: HeldCounty | null, code: string, origin: HeldCounty['origin']): void {
  if (!held) return;
  if (origin === 'demonstration' && held.origin === 'real') {
    throw new CountyRefusal(
      `数据库里已有 ${held.name}（${held.code}）的真实数据，不能写入演示数据。请换一个空数据库（WANGGE_DATA 或 DATABASE_URL），或去掉 WANGGE_COUNTY=gulang-demo。`,
      `The database holds real data of ${held.name_en} (${held.code}); demonstration data is refused. Use an empty database (WANGGE_DATA or DATABASE_URL), or unset WANGGE_COUNTY=gulang-demo.`,
    );
  }
  if (origin === 'real' && held.origin === 'demonstration') {
    throw new CountyRefusal(
      `数据库里是演示数据（${held.name}），不能写入真实数据。请换一个空数据库（WANGGE_DATA 或 DATABASE_URL）。`,
      `The database holds demonstration data (${held.name_en}); real data is refused. Use an empty database (WANGGE_DATA or DATABASE_URL).`,
    );
  }
  if (held.code !== code) {
    throw new CountyRefusal(
      `数据库里已有 ${held.name}（${held.code}），不能再写入 ${code}：一个数据库只放一个县。请换一个空数据库。`,
      `The database holds ${held.name_en} (${held.code}); ${code} is refused, as a database holds one county. Use an empty database.`,
    );
  }
}

/**
 * A first load goes into an empty database only.
 * @throws CountyRefusal where there is a county, be it the same
 */
export function refuseHeld(held: HeldCounty | null, code: string, origin: HeldCounty['origin']): void {
  refuseMixing(held, code, origin);
  if (!held) return;
  throw new CountyRefusal(
    `数据库里已有 ${held.name}（${held.code}），没有重复写入。`,
    `The database holds ${held.name_en} (${held.code}) already; nothing was written.`,
  );
}
