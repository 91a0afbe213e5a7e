/** The settings of a process, read once at start from its environment. */
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The county's own rate, about 207,000 reports a year. */
export const DEFAULT_RATE = 24;

/** What two cores and a few hundred megabytes serve with room to spare. */
export const MAX_STREAMS = 6000;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** A whole number in plain digits: `Number('')` and `Number('0x1F')` would let mistakes through. */
const whole = (least: number, greatest: number, otherwise: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, otherwise)
    .transform(Number)
    .refine((n) => n >= least && n <= greatest, otherwise);

const postgresUrl = z.string().refine((text) => {
  try {
    return ['postgres:', 'postgresql:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}, '请写成 postgres://用户:密码@主机/数据库名。Write postgres://user:password@host/database.');

const seed = '请写 0 到 999999999 的整数。Give a whole number from 0 to 999999999.';

/** What the environment may hold, as text, and what each becomes. */
const Environment = z.object({
  PORT: whole(
    0,
    65535,
    '请写 0 到 65535 的端口号，例如 8787；0 为任选空闲端口。Give a port from 0 to 65535, e.g. 8787; 0 takes any free one.',
  ).default(8787),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_LISTEN_URL: postgresUrl.optional(),
  WANGGE_DATA: z.string().default('.wangge'),
  WANGGE_HOST: z
    .string()
    .refine(
      (host) => LOOPBACK.has(host),
      '目前还没有账号和登录，只能在本机访问：请去掉这一项，或设为 127.0.0.1。There are no accounts yet, so only this machine may connect: unset it, or set 127.0.0.1.',
    )
    .default('127.0.0.1'),
  WANGGE_COUNTY: z.string().optional(),
  WANGGE_DEMO_RATE: z
    .string()
    .regex(/^\d{1,5}(\.\d{1,3})?$/, '请写每小时件数，0 为关闭，例如 24。Give reports an hour, 0 is off, e.g. 24.')
    .transform(Number)
    .refine((n) => n <= 3600, '每小时最多 3600 件。At most 3600 reports an hour.')
    .default(DEFAULT_RATE),
  WANGGE_DEMO_SEED: whole(0, 999_999_999, seed).optional(),
  WANGGE_MAX_STREAMS: whole(1, 100_000, '请写 1 到 100000 的整数。Give a whole number from 1 to 100000.').default(
    MAX_STREAMS,
  ),
  WANGGE_MAP_APPROVAL_NO: z.string().trim().max(64, '审图号不超过 64 个字。At most 64 characters.').optional(),
  WANGGE_LOG: z.enum(LOG_LEVELS, `可选：${LOG_LEVELS.join('、')}。One of: ${LOG_LEVELS.join(', ')}.`).default('warn'),
});

export type CountySetting =
  | { readonly kind: 'demonstration' }
  | { readonly kind: 'none' }
  | { readonly kind: 'profile'; readonly folder: string };

export interface Settings {
  readonly port: number;
  /** A loopback address. */
  readonly host: string;
  /** Null: the embedded database. */
  readonly databaseUrl: string | null;
  /** Direct to the primary; `DATABASE_URL` where it is not given. */
  readonly databaseListenUrl: string | null;
  /** Absolute folder of the embedded database. */
  readonly data: string;
  readonly county: CountySetting;
  /** Reports an hour that the demonstration posts; 0 is off. */
  readonly demoRate: number;
  /** Null where not given: a stored seed then stands, a new demonstration takes the usual seed. */
  readonly demoSeed: number | null;
  /** Event streams that a process serves at once. */
  readonly maxStreams: number;
  /** 审图号 */
  readonly mapApprovalNo: string | null;
  readonly log: (typeof LOG_LEVELS)[number];
}

/** Settings that cannot be used; the message names each and says what to do. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/**
 * @param environment e.g. `process.env`; an empty value counts as not given
 * @param root the repository's root, against which relative folders are read
 * @throws SettingsError naming every unknown `WANGGE_*` and every bad value
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>, root: string): Settings {
  const known = Object.keys(Environment.shape);
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '');
  const complaints = given
    .map(([name]) => name)
    .filter((name) => /^WANGGE_/i.test(name) && !known.includes(name))
    .map(unknownSetting);

  const parsed = Environment.safeParse(Object.fromEntries(given.filter(([name]) => known.includes(name))));
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      // A connection string holds a password and is not repeated.
      const value = name.startsWith('DATABASE') ? '' : ` “${environment[name]}”`;
      complaints.push(`${name}${value}：${issue.message}`);
    }
  }
  const values = parsed.data;
  if (values?.DATABASE_LISTEN_URL && !values.DATABASE_URL) {
    complaints.push(
      'DATABASE_LISTEN_URL：只在同时设置 DATABASE_URL 时有用，请补上或去掉。It is used only beside DATABASE_URL: set that too, or unset this.',
    );
  }
  if (!values || complaints.length > 0) throw new SettingsError(complaints.join('\n'));

  const folder = (path: string) => (isAbsolute(path) ? path : resolve(root, path));
  return {
    port: values.PORT,
    host: values.WANGGE_HOST,
    databaseUrl: values.DATABASE_URL ?? null,
    databaseListenUrl: values.DATABASE_LISTEN_URL ?? values.DATABASE_URL ?? null,
    data: folder(values.WANGGE_DATA),
    county: countySetting(values.WANGGE_COUNTY ?? (values.DATABASE_URL ? 'none' : 'gulang-demo'), folder),
    demoRate: values.WANGGE_DEMO_RATE,
    demoSeed: values.WANGGE_DEMO_SEED ?? null,
    maxStreams: values.WANGGE_MAX_STREAMS,
    mapApprovalNo: values.WANGGE_MAP_APPROVAL_NO ?? null,
    log: values.WANGGE_LOG,
  };
}

function countySetting(text: string, folder: (path: string) => string): CountySetting {
  if (text === 'gulang-demo') return { kind: 'demonstration' };
  if (text === 'none') return { kind: 'none' };
  return { kind: 'profile', folder: folder(text) };
}

/** Refuses an unknown setting by name: a misspelt one would otherwise be ignored in silence. */
function unknownSetting(name: string): string {
  const candidates = Object.keys(Environment.shape).filter((known) => known.startsWith('WANGGE_'));
  const nearest = candidates
    .map((known) => ({ known, distance: editDistance(name.toUpperCase(), known) }))
    .sort((a, b) => a.distance - b.distance)[0]!;
  return nearest.distance <= Math.max(3, name.length / 4)
    ? `${name}：没有这个设置，您是不是指 ${nearest.known}？There is no such setting; did you mean ${nearest.known}?`
    : `${name}：没有这个设置，可用的有 ${candidates.join('、')}。There is no such setting; there are ${candidates.join(', ')}.`;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
