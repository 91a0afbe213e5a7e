/** Why a PostgreSQL server cannot be used, as sentences that say what to do. No password is ever repeated. */
import { causeOf, OpenError } from './open-error.ts';

const POSTGRES_AT_LEAST = 15;
const POSTGIS_AT_LEAST = [3, 3] as const;

interface Target {
  readonly host: string;
  readonly database: string;
  readonly user: string;
}

function targetOf(databaseUrl: string): Target {
  try {
    const url = new URL(databaseUrl);
    const user = decodeURIComponent(url.username);
    const database = decodeURIComponent(url.pathname.slice(1)) || user;
    return { host: url.host || url.searchParams.get('host') || 'localhost', database, user };
  } catch {
    return { host: '?', database: '?', user: '?' };
  }
}

export function explainConnection(databaseUrl: string, error: unknown): OpenError {
  const { host, database, user } = targetOf(databaseUrl);
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const cause = { cause: error };
  switch (code) {
    case 'ERR_INVALID_URL':
      return new OpenError(
        'DATABASE_URL 不是有效的地址；格式为 postgres://用户:密码@主机:5432/数据库（密码中的特殊字符须百分号编码）。',
        'DATABASE_URL is not a valid address; it reads postgres://user:password@host:5432/database (special characters of the password percent-encoded).',
      );
    case '28P01':
    case '28000':
      return new OpenError(
        `数据库服务器 ${host} 拒绝用户 ${user} 登录。请检查 DATABASE_URL 中的用户名和密码，以及服务器的 pg_hba.conf。`,
        `The database server ${host} refuses the user ${user}. Check user and password in DATABASE_URL, and the server's pg_hba.conf.`,
        cause,
      );
    case '3D000':
      return new OpenError(
        `数据库服务器 ${host} 上没有数据库 ${database}。请先创建：createdb ${database}，或改正 DATABASE_URL。`,
        `The database server ${host} has no database ${database}. Create it first (createdb ${database}) or correct DATABASE_URL.`,
        cause,
      );
    case '53300':
      return new OpenError(
        `数据库服务器 ${host} 的连接数已满。请增大 max_connections 或使用连接池后重试。`,
        `The database server ${host} has no connection left. Raise max_connections or use a pooler, then try again.`,
        cause,
      );
    default:
      return new OpenError(
        `无法连接数据库服务器 ${host}（${code || causeOf(error)}）。请确认服务器已启动、网络可达，并检查 DATABASE_URL。`,
        `The database server ${host} cannot be reached (${code || causeOf(error)}). Make sure that it runs and is reachable, and check DATABASE_URL.`,
        cause,
      );
  }
}

/**
 * @param ask the server's answer to a query
 * @throws OpenError where PostgreSQL or PostGIS is missing or too old
 */
export async function explainServer(databaseUrl: string, ask: (text: string) => Promise<unknown[]>): Promise<void> {
  const { host, database } = targetOf(databaseUrl);
  const [server] = (await ask(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number,
            current_setting('transaction_read_only') AS readonly`,
  )) as { version: string; number: string; readonly: string }[];
  if (server && Number(server.number) < POSTGRES_AT_LEAST * 10_000) {
    throw new OpenError(
      `数据库服务器 ${host} 的 PostgreSQL 版本为 ${server.version}，需要 ${POSTGRES_AT_LEAST} 或更高。请升级服务器。`,
      `The database server ${host} runs PostgreSQL ${server.version}; ${POSTGRES_AT_LEAST} or later is needed. Upgrade the server.`,
    );
  }
  if (server?.readonly === 'on') {
    throw new OpenError(
      `数据库服务器 ${host} 只读（可能是备用服务器）。请把 DATABASE_URL 指向主服务器。`,
      `The database server ${host} is read-only (a standby perhaps). Point DATABASE_URL at the primary.`,
    );
  }
  const [postgis] = (await ask(
    `SELECT coalesce(installed_version, default_version) AS version FROM pg_available_extensions WHERE name = 'postgis'`,
  )) as { version: string }[];
  if (!postgis) {
    throw new OpenError(
      `数据库服务器 ${host} 没有安装 PostGIS。请在服务器上安装 ${POSTGIS_AT_LEAST.join('.')} 或更高版本（Debian：apt-get install postgresql-15-postgis-3）后重试。`,
      `The database server ${host} has no PostGIS. Install ${POSTGIS_AT_LEAST.join('.')} or later on the server (Debian: apt-get install postgresql-15-postgis-3), then try again.`,
    );
  }
  const [major = 0, minor = 0] = postgis.version.split('.').map(Number);
  if (major < POSTGIS_AT_LEAST[0] || (major === POSTGIS_AT_LEAST[0] && minor < POSTGIS_AT_LEAST[1])) {
    throw new OpenError(
      `数据库 ${database} 的 PostGIS 版本为 ${postgis.version}，需要 ${POSTGIS_AT_LEAST.join('.')} 或更高。请升级后执行 SELECT postgis_extensions_upgrade()。`,
      `The database ${database} has PostGIS ${postgis.version}; ${POSTGIS_AT_LEAST.join('.')} or later is needed. Upgrade it, then run SELECT postgis_extensions_upgrade().`,
    );
  }
}

/** A migration that the server refused. */
export function explainMigration(databaseUrl: string, error: unknown): OpenError {
  const { database, user } = targetOf(databaseUrl);
  if ((error as { code?: unknown } | null)?.code === '42501') {
    return new OpenError(
      `用户 ${user} 无权在数据库 ${database} 中建表或启用 PostGIS（${causeOf(error)}）。请由数据库管理员执行：CREATE EXTENSION postgis; GRANT CREATE ON DATABASE ${database} TO ${user}; GRANT CREATE ON SCHEMA public TO ${user};`,
      `The user ${user} may not create tables or enable PostGIS in the database ${database} (${causeOf(error)}). Let its administrator run: CREATE EXTENSION postgis; GRANT CREATE ON DATABASE ${database} TO ${user}; GRANT CREATE ON SCHEMA public TO ${user};`,
      { cause: error },
    );
  }
  return new OpenError(
    `数据库 ${database} 的结构无法更新：${causeOf(error)}。数据库未被改动；请确认它是本程序的数据库。`,
    `The schema of the database ${database} cannot be brought up to date: ${causeOf(error)}. It was left as it was; make sure that it is a database of this program.`,
    { cause: error },
  );
}
