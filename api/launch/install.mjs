import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, tail } from './child.mjs';
import { digest, ROOT } from './digest.mjs';
import { Refusal, say } from './say.mjs';

const PNPM = 'pnpm@10.34.8';
const PACKAGES = ['geodata', 'api', 'web', 'tests'];
const STAMP = join(ROOT, 'node_modules', '.wangge-installed');

/** @param {string | undefined} folder */
function writable(folder) {
  try {
    if (!folder) return false;
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs the locked packages, only where the lock or a package.json differs from what is installed.
 * Needs npm (for npx) and the package registry that npm is configured with; nothing global is changed.
 * @throws {Refusal} where it cannot, with what to do
 */
export async function install() {
  const inputs = digest([
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    ...PACKAGES.map((name) => `${name}/package.json`),
  ]);
  const installed =
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === inputs &&
    PACKAGES.every((name) => existsSync(join(ROOT, name, 'node_modules')));
  if (installed) return;

  say('正在安装依赖（首次约半分钟）…', 'Installing packages (about half a minute the first time)…');
  const env = { ...process.env };
  // With NODE_ENV=production pnpm leaves out the bundlers.
  delete env.NODE_ENV;
  // npm and pnpm keep their caches at home; a service account may have none.
  const home = writable(env.HOME) ? null : mkdtempSync(join(tmpdir(), 'wangge-home-'));
  if (home) env.HOME = home;
  try {
    rmSync(STAMP, { force: true });
    const { code, output } = await run(
      'npx',
      [
        '--yes',
        PNPM,
        'install',
        '--frozen-lockfile',
        '--prod=false',
        '--config.confirmModulesPurge=false',
        '--reporter=append-only',
      ],
      { cwd: ROOT, env },
    );
    if (code === 127) {
      throw new Refusal(
        '没有找到 npx：请安装 Node.js 自带的 npm，再运行 npm start。',
        'npx was not found: install npm, which comes with Node.js, then run npm start again.',
      );
    }
    if (code !== 0) {
      const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network|getaddrinfo/i.test(
        output,
      );
      throw new Refusal(
        offline
          ? `依赖没有装上：连不上软件源。请检查网络或代理设置（npm config get registry），再运行 npm start；已下载的部分会接着用。\n${tail(output, 4)}`
          : `依赖没有装上。请看下面的原因，排除后再运行 npm start。\n${tail(output)}`,
        offline
          ? 'The packages could not be installed: the package registry cannot be reached. Check the network or proxy (npm config get registry), then run npm start again; what was downloaded is kept.'
          : 'The packages could not be installed, for the reason above. Mend it, then run npm start again.',
      );
    }
    writeFileSync(STAMP, inputs);
  } finally {
    if (home) rmSync(home, { recursive: true, force: true });
  }
}
