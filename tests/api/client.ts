/** The API over a fixture, asked without a socket. */
import { type AppContext, createApp } from '@wangge/api/app';
import type { Database, Engine } from '@wangge/api/db/database';
import type { Feature, FeatureCollection } from 'geojson';
import { pino } from 'pino';
import { expect } from 'vitest';
import { type Limits, openEngine } from '../engines.ts';
import type { Fixture } from '../harness/templates.ts';

/** Noon of the fixture's last day in the county. */
export const NOW = '2026-06-30T04:00:00Z';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
  readonly trace_id: string;
}

export interface Page extends FeatureCollection {
  readonly numberMatched: number;
  readonly numberReturned: number;
  readonly timeStamp: string;
  readonly links: readonly { readonly rel: string; readonly href: string; readonly type: string }[];
  readonly features: (Feature & { readonly id: string; readonly properties: Record<string, unknown> })[];
}

export class Client {
  readonly app: ReturnType<typeof createApp>;
  /** What the API takes for now. */
  now = new Date(NOW);

  constructor(
    readonly db: Database,
    options: Partial<AppContext> = {},
  ) {
    this.app = createApp({
      db,
      clock: () => this.now,
      mapApprovalNo: null,
      log: pino({ level: 'silent' }),
      ...options,
    });
  }

  ask(path: string, init?: RequestInit): Promise<Response> {
    return Promise.resolve(this.app.request(path, init));
  }

  /** The JSON of a 200. */
  async json<T = Record<string, unknown>>(path: string): Promise<T> {
    const answer = await this.ask(path);
    const text = await answer.text();
    expect(answer.status, `${path}: ${text.slice(0, 500)}`).toBe(200);
    return JSON.parse(text) as T;
  }

  items(collection: string, query = ''): Promise<Page> {
    return this.json<Page>(`/ogc/collections/${collection}/items${query}`);
  }

  post(body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }): Promise<Response> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.ask('/api/incidents', { method: 'POST', headers, body: text });
  }

  /** The problem of an error answer, checked for its shape: nothing but what RFC 9457 and we promise. */
  async problem(answer: Response | Promise<Response>, status: number, slug?: string): Promise<Problem> {
    const { status: got, headers } = await answer;
    const text = await (await answer).text();
    expect(got, text).toBe(status);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = JSON.parse(text) as Problem;
    expect(Object.keys(problem).sort()).toEqual([
      'detail',
      'errors',
      'instance',
      'status',
      'title',
      'trace_id',
      'type',
    ]);
    expect(problem.status).toBe(status);
    expect(problem.type).toMatch(/^urn:wangge:problem:[a-z-]+$/);
    if (slug) expect(problem.type).toBe(`urn:wangge:problem:${slug}`);
    expect(problem.detail).toMatch(/\p{Script=Han}/u);
    expect(problem.trace_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(text).not.toMatch(/\bSELECT\b|\bINSERT\b|node_modules|\bat .*\.ts:\d+/);
    return problem;
  }
}

export const openClient = async (engine: Engine, fixture: Fixture = 'gulang', limits?: Limits): Promise<Client> =>
  new Client(await openEngine(engine, fixture, limits));
