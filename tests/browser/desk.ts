/**
 * The real pages in a real browser: API and web app on a free port over the demonstration fixture, the day after its
 * reporting year, in the system's Chromium with software GL. Asking for the time gives the same answer on every day.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createService } from '@wangge/api/app';
import { addDesks } from '@wangge/api/desks';
import { listen } from '@wangge/api/listen';
import { Hono } from 'hono';
import { pino } from 'pino';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openEngine } from '../engines.ts';

/** 2026-07-01 14:00 in Gulang: the reporting year of the fixture ended the day before. */
export const NOW = new Date('2026-07-01T06:00:00Z');

const DIST = fileURLToPath(new URL('../../web/dist', import.meta.url));
const EXECUTABLE = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
/** Measured to render MapLibre and deck.gl without a GPU, and to ask nothing of the network. */
const ARGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--font-render-hinting=none',
];

export interface Visit {
  readonly page: Page;
  /** Addresses asked of our own server, in order. */
  readonly asked: readonly string[];
  /** Addresses asked for that are not ours. */
  readonly strangers: readonly string[];
  /** Errors and warnings on the console, and exceptions. */
  readonly complaints: readonly string[];
}

export interface Desk {
  readonly url: string;
  /** A fresh browser context at a path of the desk; resolves when the figures stand. */
  visit(path: string, options?: BrowserContextOptions & { readonly webgl?: boolean }): Promise<Visit>;
}

/** Serves the desk for a test file; one server, a context for each visit. */
export function useDesk(): Desk {
  let url = '';
  const browsers = new Map<boolean, Promise<Browser>>();
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    if (!existsSync(`${DIST}/index.html`)) throw new Error('web/dist is missing: run `npm run build` first');
    const db = await openEngine('embedded', 'gulang');
    const app = new Hono();
    addDesks(app, DIST);
    const service = createService({ db, clock: () => NOW, mapApprovalNo: null, log: pino({ level: 'silent' }) });
    app.route('/', service.app);
    const unfollow = service.follow();
    const listening = await listen((request, env) => app.fetch(request, env as never), { host: '127.0.0.1', port: 0 });
    url = listening.url;
    closers.push(unfollow, () => listening.close(1000));
  });
  afterAll(async () => {
    for (const browser of browsers.values()) await (await browser).close();
    for (const close of closers) await close();
  });

  const browserFor = (webgl: boolean): Promise<Browser> => {
    const found = browsers.get(webgl);
    if (found) return found;
    const args = webgl
      ? ARGS
      : [...ARGS.filter((arg) => !arg.includes('swiftshader')), '--disable-gpu', '--disable-3d-apis'];
    const started = chromium.launch({ executablePath: EXECUTABLE, headless: true, args });
    browsers.set(webgl, started);
    return started;
  };

  return {
    get url() {
      return url;
    },
    async visit(path, { webgl = true, ...options } = {}) {
      const browser = await browserFor(webgl);
      const context = await browser.newContext({
        viewport: { width: 1600, height: 900 },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        reducedMotion: 'reduce',
        colorScheme: 'light',
        ...options,
      });
      closers.push(() => context.close());
      const page = await context.newPage();
      await page.clock.setFixedTime(NOW);
      const asked: string[] = [];
      const strangers: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => {
        if (/^(data|blob):/.test(request.url())) return;
        (request.url().startsWith(url) ? asked : strangers).push(request.url());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await page.goto(url + path);
      return { page, asked, strangers, complaints };
    },
  };
}
