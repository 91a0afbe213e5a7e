import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, tail } from './child.mjs';
import { compressUnder } from './compress.mjs';
import { digest, ROOT } from './digest.mjs';
import { giveUp, Refusal, say } from './say.mjs';

const COMMON = [
  'pnpm-lock.yaml',
  'tsconfig.base.json',
  'geodata/package.json',
  'geodata/src',
  'api/package.json',
  'api/src',
];
const PARTS = {
  api: {
    zh: '正在构建服务…',
    en: 'Building the API…',
    inputs: [...COMMON, 'api/launch'],
    outputs: ['api/dist/server.js', 'api/dist/embedded-worker.js'],
    make: () => run(process.execPath, [join(ROOT, 'api/launch/bundle.mjs')], { cwd: join(ROOT, 'api') }),
  },
  web: {
    zh: '正在构建网页…',
    en: 'Building the web app…',
    inputs: [...COMMON, 'api/launch', 'web'],
    // The second is there only where this built it: a vite build by hand compresses nothing.
    outputs: ['web/dist/index.html', 'web/dist/index.html.br'],
    make: async () => {
      const cwd = join(ROOT, 'web');
      const made = await run(process.execPath, [join(cwd, 'node_modules/vite/bin/vite.js'), 'build'], { cwd });
      if (made.code === 0) await compressUnder(join(cwd, 'dist'));
      return made;
    },
  },
};

const stampOf = (name) => join(ROOT, 'node_modules', '.wangge-built', name);

/** @param {'api' | 'web'} name */
async function buildPart(name) {
  const part = PARTS[name];
  const inputs = digest(part.inputs);
  const stamp = stampOf(name);
  const standing = part.outputs.every((path) => existsSync(join(ROOT, path)));
  if (standing && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;
  say(part.zh, part.en);
  rmSync(stamp, { force: true });
  const { code, output } = await part.make();
  if (code !== 0) {
    throw new Refusal(
      `构建失败（${name}），原因如下。若没有改过代码，请删除各 node_modules 后再运行 npm start。\n${tail(output, 40)}`,
      `The build of ${name} failed, see above. If no code was changed, delete the node_modules folders and run npm start again.`,
    );
  }
  mkdirSync(join(ROOT, 'node_modules', '.wangge-built'), { recursive: true });
  writeFileSync(stamp, inputs);
}

/**
 * Builds what has changed: the API's bundle and its database worker into api/dist, the web app into web/dist.
 * @param {{ web: boolean }} options web: false builds the API alone
 * @throws {Refusal} where a build fails, with its output
 */
export async function build({ web }) {
  const built = await Promise.allSettled([buildPart('api'), ...(web ? [buildPart('web')] : [])]);
  const failed = built.find((part) => part.status === 'rejected');
  if (failed) throw failed.reason;
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  await build({ web: !process.argv.includes('--api-only') }).catch(giveUp);
}
