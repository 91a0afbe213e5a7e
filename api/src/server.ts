/** The process that `npm start` runs: database, county, app, address; and a tidy end. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { type Logger, pino } from 'pino';
import { createService } from './app.ts';
import { type Demonstration, startDemonstration } from './county/demonstration.ts';
import { CountyRefusal } from './county/held.ts';
import { ProfileError } from './county/profile-problem.ts';
import { linesProgress } from './county/progress.ts';
import { startCounty } from './county/start.ts';
import type { Database } from './db/database.ts';
import { openDatabase } from './db/open.ts';
import { OpenError } from './db/open-error.ts';
import { addDesks, isApi } from './desks.ts';
import { ListenError, type Listening, listen } from './listen.ts';
import { readSettings, type Settings, SettingsError } from './settings.ts';
import { starting } from './starting.ts';

/** Two folders up from api/src as from api/dist. */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Running requests get this long when the process is told to end. */
const GRACE_MS = 3000;

/** Failures that an operator can act on; their message is the sentence. */
const SENTENCES = [SettingsError, OpenError, ListenError, CountyRefusal, ProfileError];

class Process {
  #listening: Listening | null = null;
  #database: Database | null = null;
  #demonstration: Demonstration | null = null;
  #unfollow: (() => Promise<void>) | null = null;
  #ending: Promise<void> | null = null;
  #toldAt = 0;

  async start(settings: Settings, log: Logger): Promise<void> {
    const clock = () => new Date();
    const progress = linesProgress(process.stdout);
    let answer: (request: Request, env?: object) => Response | Promise<Response> = starting;
    // Before the database: a port in use must not cost a first load.
    this.#listening = await listen((request, env) => answer(request, env), settings);

    progress.step('正在打开数据库', 'Opening the database');
    const db = await openDatabase(
      settings.databaseUrl === null
        ? { folder: settings.data }
        : { databaseUrl: settings.databaseUrl, listenUrl: settings.databaseListenUrl ?? settings.databaseUrl },
    );
    this.#database = db;
    const held = await startCounty(db, settings, { clock, progress });

    const app = new Hono<{ Bindings: HttpBindings }>();
    addDesks(app, join(ROOT, 'web', 'dist'));
    const { mapApprovalNo, maxStreams } = settings;
    const service = createService({ db, clock, mapApprovalNo, maxStreams, log });
    this.#unfollow = service.follow();
    app.all('*', (c) => service.app.fetch(c.req.raw, c.env));
    const { url } = this.#listening;
    if (held) {
      // Reads what the first page needs, and finds out whether it can be served at all, before anyone is invited.
      progress.step('正在准备首页数据', 'Preparing the first answers');
      const health = await app.request(`${url}/healthz`);
      if (!health.ok) throw new Error(`/healthz: ${await health.text()}`);
    }
    progress.end();
    // The API sets all headers itself, and tiles are too many to go through the desks' handlers.
    answer = (request, env) => (isApi(pathOf(request.url)) ? service.app : app).fetch(request, env);

    if (held?.origin === 'demonstration' && settings.demoRate > 0) {
      this.#demonstration = startDemonstration(db, held, { url, rate: settings.demoRate, clock, log });
    }
    const what = held
      ? `${held.name}${held.origin === 'demonstration' ? '（演示数据·非真实情况）' : ''}`
      : '尚无县域数据';
    console.log(`\n${what}已就绪，请打开：\nReady, open:\n\n    ${url}\n\n按 Ctrl-C 停止。  Ctrl-C stops it.`);
  }

  /** Ends once, however often it is told: a terminal and npm both pass a Ctrl-C on. */
  end(code: number): void {
    const again = this.#ending !== null && Date.now() - this.#toldAt > 1000;
    if (again || this.#database === null) process.exit(code);
    this.#toldAt ||= Date.now();
    this.#ending ??= this.close().then(() => process.exit(code));
  }

  async close(): Promise<void> {
    await this.#demonstration?.stop();
    await this.#unfollow?.();
    await this.#listening?.close(GRACE_MS);
    await this.#database?.close();
  }
}

/** Of an absolute address, without its query. */
const pathOf = (url: string): string => {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  const end = url.indexOf('?', start);
  return end < 0 ? url.slice(start) : url.slice(start, end);
};

function sentenceOf(error: unknown): string {
  if (SENTENCES.some((kind) => error instanceof kind)) return (error as Error).message;
  const message = error instanceof Error ? error.message : String(error);
  return `启动失败：${message}\n没有留下写了一半的数据；排除原因后再运行 npm start（WANGGE_LOG=debug 显示细节）。\nThe start failed: ${message}\nNothing was left half done; mend the cause and run npm start again (WANGGE_LOG=debug shows details).`;
}

const running = new Process();
let log: Logger | null = null;
try {
  const settings = readSettings(process.env, ROOT);
  // Standard output is for people; the log goes beside it.
  log = pino({ level: settings.log, base: null }, pino.destination({ fd: 2, sync: true }));
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => running.end(code));
  }
  await running.start(settings, log);
} catch (error) {
  log?.debug({ err: error }, 'start failed');
  console.error(`\n${sentenceOf(error)}`);
  await running.close().catch(() => undefined);
  process.exit(1);
}
