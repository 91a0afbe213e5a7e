/**
 * `npm test`: all that must never break, from a bare machine on. Node ≥ 20.19 and npm are enough to begin with; packages,
 * and on Debian as root the system's packages too, are installed first. Ends with one line, `N passed, N failed`, over the
 * type checks, the lint and every test; a skipped test counts as failed. Plain node:, as nothing is installed yet.
 */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE = [20, 19];
const POSTGRES = '/usr/lib/postgresql/15/bin/initdb';

const scratch = mkdtempSync(join(tmpdir(), 'wangge-run-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

const total = { passed: 0, failed: 0 };

/** Ends the run with its one line. */
function finish() {
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 ? 0 : 1);
}

/** A step that nothing after it can do without. */
function giveUp(error) {
  console.error(`\n${error?.name === 'Refusal' ? error.message : (error?.stack ?? error)}\n`);
  total.failed += 1;
  finish();
}

const title = (text) => console.log(`\n── ${text}`);

let running = null;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    // From a terminal the child has had its own; one that is told twice only ends faster.
    if (running) running.kill(signal);
    else process.exit(1);
  });
}

/** Runs a program in the terminal of this one. @returns its exit code */
async function run(command, args, options = {}) {
  running = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: environment(),
    ...options,
  });
  const code = await new Promise((resolve) => {
    running.once('error', (error) => {
      console.error(error.message);
      resolve(127);
    });
    running.once('close', (exit, signal) => resolve(signal ? 1 : exit));
  });
  running = null;
  if (interrupted) {
    total.failed += 1;
    finish();
  }
  return code;
}

/** Chromium and some tools want a home, and a service account may have none. */
function environment() {
  const env = { ...process.env };
  if (!process.stdout.isTTY) env.NO_COLOR = '1';
  try {
    accessSync(env.HOME || '/nonexistent', constants.W_OK);
  } catch {
    env.HOME = scratch;
  }
  return env;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return;
  throw new Error(`Node ${NODE.join('.')} or later is needed; this is ${process.versions.node}.`);
}

const onPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder && existsSync(join(folder, name)));

/** What the tests need of the system: package → whether it is there. */
const SYSTEM = {
  chromium: () => existsSync(process.env.CHROMIUM_PATH || '/usr/bin/chromium'),
  'fonts-noto-cjk': () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') || hasChineseFont(),
  'postgresql-15': () => Boolean(process.env.WANGGE_TEST_DATABASE_URL) || existsSync(POSTGRES),
  'postgresql-15-postgis-3': () =>
    Boolean(process.env.WANGGE_TEST_DATABASE_URL) || existsSync('/usr/share/postgresql/15/extension/postgis.control'),
  'gdal-bin': () => onPath('ogrinfo') && onPath('ogr2ogr'),
};

function hasChineseFont() {
  const found = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' });
  return found.status === 0 && found.stdout.trim() !== '';
}

const missing = () => Object.keys(SYSTEM).filter((name) => !SYSTEM[name]());

async function installSystem() {
  const wanted = missing();
  if (wanted.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !onPath('apt-get')) {
    throw new Error(
      `The tests need ${wanted.join(', ')}. On Debian 12, as root: apt-get install ${wanted.join(' ')}; elsewhere install their like (CHROMIUM_PATH names a browser, WANGGE_TEST_DATABASE_URL a PostgreSQL server of your own).`,
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

/** One check that passes or fails as a whole. */
async function check(name, args) {
  title(name);
  const code = await run(process.execPath, args);
  if (code === 0) total.passed += 1;
  else total.failed += 1;
  console.log(code === 0 ? 'passed' : `failed (exit ${code})`);
}

/** A project of vitest.config.ts. */
async function suite(name, project) {
  title(name);
  const report = join(scratch, `${project}.json`);
  const code = await run(process.execPath, [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const { passed, failed } = existsSync(report)
    ? tally(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0 };
  total.passed += passed;
  // A crash, an unhandled error or a teardown that fails shows in the exit code alone.
  total.failed += failed || (code === 0 ? 0 : 1);
}

function tally({ testResults }) {
  let passed = 0;
  let failed = 0;
  for (const { name, status, assertionResults, message } of testResults) {
    for (const test of assertionResults) {
      if (test.status === 'passed') passed += 1;
      else failed += 1;
      if (test.status !== 'passed' && test.status !== 'failed') {
        console.error(`${test.status} counts as failed: ${test.fullName} (${name})`);
      }
    }
    // A file that could not be loaded, or whose hook failed before any test.
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) {
      failed += 1;
      console.error(`failed as a file: ${name}\n${message ?? ''}`);
    }
  }
  return { passed, failed };
}

try {
  checkNode();
  const { install } = await import('../api/launch/install.mjs');
  await install();
  await installSystem();
  title('building');
  const { build } = await import('../api/launch/build.mjs');
  await build({ web: true });
} catch (error) {
  giveUp(error);
}

for (const part of ['geodata', 'api', 'web', 'tests']) {
  await check(`type check: ${part}`, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', part]);
}
await check('lint', [join(ROOT, 'node_modules/@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']);
await suite('unit tests', 'unit');
await suite('API on both engines', 'api');
if (readdirSync(join(ROOT, 'tests/browser')).some((name) => name.endsWith('.test.ts')))
  await suite('browser', 'browser');
finish();
