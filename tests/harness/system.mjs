/** What a run needs of the machine: Node, and packages of the system that are installed where that is possible. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { environment, run, title } from './terminal.mjs';

const NODE = [20, 19];

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return;
  throw new Error(`Node ${NODE.join('.')} or later is needed; this is ${process.versions.node}.`);
}

const onPath = (name) =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].some(
    (folder) => folder && existsSync(join(folder, name)),
  );

const DATABASE = {
  'postgresql-15': () => existsSync('/usr/lib/postgresql/15/bin/initdb'),
  'postgresql-15-postgis-3': () => existsSync('/usr/share/postgresql/15/extension/postgis.control'),
};

const BROWSER = {
  chromium: () => existsSync(process.env.CHROMIUM_PATH || '/usr/bin/chromium'),
  'fonts-noto-cjk': () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') || hasChineseFont(),
};

/** Packages by what they are for: package → whether it is there. */
export const FOR_TESTS = {
  ...BROWSER,
  ...(process.env.WANGGE_TEST_DATABASE_URL ? {} : DATABASE),
  'gdal-bin': () => onPath('ogrinfo') && onPath('ogr2ogr'),
};

/** The bench measures against a PostgreSQL of its own, whose package brings pgbench, and against nginx. */
export const FOR_BENCH = {
  ...BROWSER,
  ...DATABASE,
  'nginx-light': () => onPath('nginx'),
  wrk: () => onPath('wrk'),
};

function hasChineseFont() {
  const found = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' });
  return found.status === 0 && found.stdout.trim() !== '';
}

/**
 * Installs what is missing, where this is Debian and we are root.
 * @param {Record<string, () => boolean>} packages FOR_TESTS or FOR_BENCH
 */
export async function installSystem(packages) {
  const missing = () => Object.keys(packages).filter((name) => !packages[name]());
  const wanted = missing();
  if (wanted.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !onPath('apt-get')) {
    throw new Error(
      `This needs ${wanted.join(', ')}. On Debian 12, as root: apt-get install ${wanted.join(' ')}; elsewhere install their like (CHROMIUM_PATH names a browser, WANGGE_TEST_DATABASE_URL a PostgreSQL server of your own for the tests).`,
    );
  }
  title(`installing ${wanted.join(', ')}`);
  const env = { ...environment(), DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    run('apt-get', ['-qq', '-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120', ...args], { env });
  for (let attempt = 1; attempt <= 3 && missing().length > 0; attempt += 1) {
    if ((await apt('update')) === 0) await apt('install', '-y', '--no-install-recommends', ...wanted);
  }
  if (missing().length > 0) throw new Error(`${missing().join(', ')} could not be installed; see above.`);
}
