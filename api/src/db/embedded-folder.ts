/** The folder of the embedded database: made once, whole or not at all, and explained where it cannot be used. */
import { constants } from 'node:fs';
import { access, mkdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Lock, lockFolder } from './lock.ts';
import { causeOf, OpenError } from './open-error.ts';

/** PostgreSQL's major version in the PGlite that this program uses; another one cannot read the files. */
const MAJOR = '18';
/** The engine's files with a county of 278 grids and 207,000 reports, with room for its log. */
const ROOM = 512 * 1024 * 1024;

export interface Folder {
  readonly path: string;
  /** Where the engine keeps its files. */
  readonly dataDir: string;
  readonly lock: Lock;
  /** The engine has made its files completely. */
  finished(): Promise<void>;
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Makes the folder where there is none, takes its lock, and clears away what a first start left that was killed half way.
 * @throws OpenError
 */
export async function claimFolder(path: string): Promise<Folder> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(path, error);
  }
  const lock = await lockFolder(path).catch((error: unknown) => {
    throw error instanceof OpenError ? error : unusable(path, error);
  });
  try {
    const dataDir = join(path, 'pgdata');
    // Present from before the first file is made until after the last: what lies beside it is not a database.
    const unfinished = join(path, 'pgdata.unfinished');
    if (await exists(unfinished)) await rm(dataDir, { recursive: true, force: true });
    if (await exists(dataDir)) {
      await checkVersion(path, dataDir);
    } else {
      await checkRoom(path);
      await writeFile(unfinished, '');
    }
    return { path, dataDir, lock, finished: () => rm(unfinished, { force: true }) };
  } catch (error) {
    lock.release();
    throw error instanceof OpenError ? error : unusable(path, error);
  }
}

async function checkVersion(path: string, dataDir: string): Promise<void> {
  const version = await readFile(join(dataDir, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
  if (version === MAJOR) return;
  throw version === null
    ? new OpenError(
        `数据文件夹 ${path} 中的 pgdata 不是本程序的数据库（缺少 PG_VERSION）。请用 WANGGE_DATA 指定另一个文件夹，或移走该文件夹后重新启动。`,
        `pgdata in the data folder ${path} is not a database of this program (PG_VERSION is missing). Name another folder with WANGGE_DATA, or move this one away and start again.`,
      )
    : new OpenError(
        `数据文件夹 ${path} 由另一版本的内嵌数据库写成（PostgreSQL ${version}，本程序为 ${MAJOR}）。请用当时的程序版本打开，或用 WANGGE_DATA 指定另一个文件夹。`,
        `The data folder ${path} was written by another version of the embedded database (PostgreSQL ${version}; this program has ${MAJOR}). Open it with the version that wrote it, or name another folder with WANGGE_DATA.`,
      );
}

async function checkRoom(path: string): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  if (bavail * bsize >= ROOM) return;
  throw new OpenError(
    `${path} 所在磁盘剩余空间不足：建立数据库需要 ${ROOM >> 20} MB，现有 ${Math.floor((bavail * bsize) / 2 ** 20)} MB。请清理磁盘，或用 WANGGE_DATA 指定另一个文件夹。`,
    `The disk of ${path} has too little room: the database needs ${ROOM >> 20} MB, ${Math.floor((bavail * bsize) / 2 ** 20)} MB are free. Make room, or name another folder with WANGGE_DATA.`,
  );
}

export function unusable(path: string, error: unknown): OpenError {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new OpenError(
      `${path} 所在磁盘已满。请清理磁盘，或用 WANGGE_DATA 指定另一个文件夹。`,
      `The disk of ${path} is full. Make room, or name another folder with WANGGE_DATA.`,
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return new OpenError(
      `无法写入数据文件夹 ${path}（${code}）。请检查其权限，或用 WANGGE_DATA 指定一个可写的文件夹。`,
      `The data folder ${path} cannot be written (${code}). Check its permissions, or name a folder that can with WANGGE_DATA.`,
      { cause: error },
    );
  }
  return new OpenError(
    `数据文件夹 ${path} 中的数据库无法打开：${causeOf(error)}。文件未被改动；请从备份恢复，或用 WANGGE_DATA 指定另一个文件夹。`,
    `The database in the data folder ${path} cannot be opened: ${causeOf(error)}. Its files were left alone; restore them from a backup, or name another folder with WANGGE_DATA.`,
    { cause: error },
  );
}
