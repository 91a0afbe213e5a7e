/** The bundled server as `npm start` runs it: a process of its own, by what it prints and answers. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { READY, Served } from '../harness/served.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
let profile: string;
const running = new Set<Served>();

class Run extends Served {
  constructor(env: Record<string, string>) {
    super({ WANGGE_DATA: join(folder, 'data'), ...env }, folder);
    running.add(this);
    this.ended.then(() => running.delete(this));
  }
}

/** Runs a start that has to fail. */
async function failure(env: Record<string, string>): Promise<string> {
  const run = new Run(env);
  expect(await run.ended).toBe(1);
  expect(run.output).not.toMatch(/\n\s+at .*:\d+:\d+/);
  return run.output;
}

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(ROOT, 'api/launch/build.mjs'), '--api-only']);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wangge-start-'));
  profile = join(folder, 'profile');
  await cp(join(ROOT, 'tests/fixtures/small-profile'), profile, { recursive: true });
});
afterEach(async () => {
  for (const run of running) run.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

describe('a start that cannot succeed says what to do', () => {
  let taken: Server;
  let port: number;
  beforeAll(async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    port = (taken.address() as { port: number }).port;
  });
  afterAll(() => taken.close());

  it('when the port is in use, before it touches the database', async () => {
    const output = await failure({ PORT: String(port) });
    expect(output).toMatch(new RegExp(`端口 ${port} 已被占用.*PORT=${port + 1} npm start`));
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it.each([
    [
      'an unknown setting',
      { WANGGE_DEMO_SEEDS: '1' },
      /WANGGE_DEMO_SEEDS：没有这个设置，您是不是指 WANGGE_DEMO_SEED？/,
    ],
    ['a host that others could reach', { WANGGE_HOST: '0.0.0.0' }, /WANGGE_HOST.*还没有账号.*127\.0\.0\.1/],
    ['a database address of another kind', { DATABASE_URL: 'mysql://u:geheim@h/d' }, /DATABASE_URL.*postgres:\/\//],
    ['a database that does not answer', { DATABASE_URL: 'postgres://u:geheim@127.0.0.1:1/wangge' }, /127\.0\.0\.1/],
  ])('for %s', async (_, env, sentence) => {
    const output = await failure(env);
    expect(output).toMatch(sentence);
    expect(output).toMatch(/[a-z]{3,} [a-z]{2,}/);
    expect(output).not.toContain('geheim');
  });
});

describe('a start', () => {
  it('survives a first start that was killed, serves, keeps others out, ends tidily and starts again', async () => {
    const env = { WANGGE_COUNTY: profile };
    const killed = new Run(env);
    await killed.prints(/Opening the database/);
    // The engine begins to write its files: half a database.
    while (!existsSync(join(folder, 'data')) || (await readdir(join(folder, 'data'), { recursive: true })).length < 3) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    killed.kill('SIGKILL');
    await killed.ended;

    const first = new Run(env);
    const url = await first.prints(READY);
    expect(first.output).toMatch(/示例县已就绪/);
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({
      status: 'ok',
      engine: 'embedded',
      county: '990101',
    });
    expect((await fetch(`${url}/no/such/address`)).headers.get('content-type')).toContain('application/problem+json');

    expect(await failure(env)).toMatch(/data.*(使用|占用)/);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    first.kill('SIGINT');
    first.kill('SIGINT');
    expect(await first.ended).toBe(130);

    const again = new Run(env);
    const next = await again.prints(READY);
    expect(again.output).toContain('holds Example County already');
    expect((await fetch(`${next}/healthz`)).status).toBe(200);
    again.kill('SIGTERM');
    expect(await again.ended).toBe(143);
  }, 300_000);

  it('answers 503 with a time to come back until it can serve, also where there is no county', async () => {
    const run = new Run({ WANGGE_COUNTY: 'none' });
    const url = await run.prints(READY);
    expect(run.output).toMatch(/尚无县域数据/);
    const health = await fetch(`${url}/healthz`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ type: 'urn:wangge:problem:no-county' });
    run.kill('SIGTERM');
    expect(await run.ended).toBe(143);
  });
});
