import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { listen } from '@wangge/api/listen';
import { it } from 'vitest';
import { openClient } from './client.ts';
const run = promisify(execFile);
it('probe', async () => {
  const client = await openClient('postgres');
  const seen: string[] = [];
  const server = await listen((request) => { seen.push(`${request.url} ${request.headers.get('accept')}`); return client.app.fetch(request); }, { host: '127.0.0.1', port: 0 });
  const ogr = async (cmd: string, ...args: string[]) => {
    seen.length = 0;
    const t = performance.now();
    const r = await run(cmd, args, { maxBuffer: 1e9 }).catch((e) => ({ stdout: e.stdout, stderr: e.stderr }));
    console.log(cmd, args.join(' '), (performance.now() - t).toFixed(0), '\n', r.stdout.slice(0, 6000), r.stderr, '\n', seen.slice(0, 15).join('\n'), seen.length);
  };
  const src = `OAPIF:${server.url}/ogc`;
  await ogr('ogrinfo', '-ro', '-al', '-so', src);
  await ogr('ogrinfo', '-ro', src, 'grids', '-oo', 'PAGE_SIZE=100', '-geom=NO', '-where', "class='special'");
  await ogr('ogrinfo', '-ro', '-q', src, 'incidents', '-spat', '103.42', '37.48', '103.43', '37.49', '-where', "occurred_at >= '2026/06/20'", '-so');
  await ogr('ogrinfo', '-ro', src, 'incidents', '-where', "reported_at >= '2026/06/29'", '-so');
  await ogr('ogrinfo', '-ro', src, 'incidents', '-where', "reported_at >= '2026/06/29' AND kind = 'dispute'", '-so');
  await ogr('ogrinfo', '-ro', src, 'grids', '-where', 'households > 300 AND on_post = 0', '-so');
  await ogr('ogrinfo', '-ro', src, 'grids', '-where', 'id = 5', '-geom=NO');
  await ogr('ogrinfo', '-ro', src, 'staffing', '-where', "\"from\" >= '2026/01/01'", '-so');
  await ogr('ogr2ogr', '-f', 'CSV', '/tmp/d/inc.csv', src, 'incidents', '-oo', 'PAGE_SIZE=10000', '-lco', 'GEOMETRY=AS_XY');
  await ogr('ogr2ogr', '-f', 'GeoJSON', '/tmp/d/grids.json', src, 'grids', '-oo', 'PAGE_SIZE=100', '-lco', 'COORDINATE_PRECISION=7');
  await server.close(100);
}, 600000);
