import { createApp } from '@wangge/api/app';
import type { Database } from '@wangge/api/db/database';
import { pino } from 'pino';
import { beforeAll, describe, it } from 'vitest';
import { ENGINES, openEngine } from '../engines.ts';

describe.each(ENGINES)('smoke %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openEngine(engine, 'gulang');
  });
  it('answers', async () => {
    const app = createApp({ db, clock: () => new Date('2026-06-30T10:00:00Z'), mapApprovalNo: null, log: pino({ level: 'error' }) });
    for (const path of ['/healthz', '/api/county', '/api/overview', '/api/overview?area=620622103', '/api/overview?area=620622&from=2025-07-01&to=2026-06-30&by=village', '/api/overview?by=grid', '/api/incidents/columns', '/api/incidents/columns?from=2025-07-01', '/api/locate?lon=102.9&lat=37.47&crs=gcj02', '/api/locate?lon=102.9', '/ogc', '/ogc/', '/ogc/conformance', '/ogc/api', '/ogc/collections', '/ogc/collections/grids', '/ogc/collections/grids/items', '/ogc/collections/grids/items?limit=1', '/ogc/collections/divisions/items?limit=2', '/ogc/collections/staffing/items?limit=2', '/ogc/collections/incidents/items?limit=2', '/ogc/collections/incidents/items?limit=10000','/ogc/collections/incidents/items?limit=2&bbox=102,37,103,38&datetime=2026-01-01T/..&kind=dispute&open=true', '/ogc/collections/centres/items?limit=2', '/ogc/collections/dwellings/items?limit=2', '/ogc/collections/dwellings/items/1', '/ogc/collections/nope', '/nope', '/api', '/api/openapi.json']) {
      for (let i = 0; i < 2; i++) {
        const t = performance.now();
        const res = await app.request(path);
        const text = await res.text();
        console.log(engine, path, res.status, (performance.now() - t).toFixed(1), text.length, i === 0 ? text.slice(0, 600) : '');
      }
    }
  });
});
