/** The grids as GeoJSON, whole: OGC API Features against the database's own `string_agg`. */
import { sql } from 'drizzle-orm';
import type { FeatureCollection, MultiPolygon } from 'geojson';
import { type Bench, COUNTY } from '../bench.ts';
import type { Group } from '../group.ts';
import { pgbench } from '../pgbench.ts';
import { wrk } from '../wrk.ts';

const CLIENTS = 4;
const PATH = '/ogc/collections/grids/items?limit=1000';

/** As text, which is faster than building JSON values; the lattice has seven decimals. */
const COLLECTION =
  `SELECT '{"type":"FeatureCollection","features":[' || string_agg('{"type":"Feature","id":"' || code ||
'","geometry":' || ST_AsGeoJSON(geom, 7) || ',"properties":{"id":' || grid_id || ',"code":"' || code || '","name":"' || name ||
'","class":"' || class || '","village_code":"' || village_code || '","managing_township_code":"' || managing_township_code ||
'","area_km2":' || round(area_m2) / 1e6 || '}}', ',' ORDER BY code) || ']}' AS text
FROM grid_version WHERE county_code = '${COUNTY}' AND edition_to IS NULL`.replaceAll('\n', ' ');

export async function geojson(bench: Bench): Promise<Group> {
  const { databaseUrl, folder } = bench;
  const [plain, caching] = [await bench.serve({ bodyBytes: 0 }), await bench.serve()];
  const theirs = {
    name: 'pgbench string_agg',
    measure: await pgbench(databaseUrl, folder, 'geojson', [{ text: `${COLLECTION};\n` }], CLIENTS),
  };
  let notes: string[] = [];
  return {
    rounds: 5,
    ratios: [
      {
        name: '278 grids as GeoJSON, without response cache',
        ours: { name: 'HTTP', measure: await wrk(plain.url, folder, 'geojson', [PATH], CLIENTS) },
        theirs,
        target: { atLeast: 1 },
      },
      {
        name: '278 grids as GeoJSON, cached, as browsers ask for it',
        ours: { name: 'HTTP, br', measure: await wrk(caching.url, folder, 'geojson-br', [PATH], CLIENTS, 'gzip, br') },
        theirs,
        target: { atLeast: 20 },
      },
      {
        name: '… cached, uncompressed',
        ours: { name: 'HTTP, identity', measure: await wrk(caching.url, folder, 'geojson-cached', [PATH], CLIENTS) },
        theirs,
        target: null,
      },
    ],
    compare: async () => {
      const [row] = await bench.db.rows<{ text: string }>(sql.raw(COLLECTION));
      const [theirText, ourText] = [row!.text, await (await fetch(plain.url + PATH)).text()];
      const cached = await (await fetch(caching.url + PATH)).text();
      const [theirOnes, ourOnes, cachedOnes] = [theirText, ourText, cached].map(geometries) as [
        string[],
        string[],
        string[],
      ];
      notes = [
        `c=${CLIENTS}; uncompressed ${Math.round(ourText.length / 1024)} KB with residents and staff over HTTP, ${Math.round(theirText.length / 1024)} KB by string_agg with the table's own columns; the same coordinates`,
      ];
      if (ourText.length < theirText.length) return `${ourText.length} bytes over HTTP, ${theirText.length} by SQL`;
      for (const [i, one] of theirOnes.entries()) {
        if (ourOnes[i] !== one || cachedOnes[i] !== one) return `feature ${i} differs`;
      }
      return ourOnes.length === 278 && theirOnes.length === 278
        ? null
        : `${ourOnes.length} and ${theirOnes.length} grids`;
    },
    get notes() {
      return notes;
    },
    close: async () => {
      await plain.stop();
      await caching.stop();
    },
  };
}

/** Code and coordinates of each feature, on the lattice. */
const geometries = (text: string): string[] =>
  (JSON.parse(text) as FeatureCollection<MultiPolygon>).features.map(({ id, geometry }) =>
    JSON.stringify([id, geometry.coordinates.flat(3).map((degrees) => Math.round(degrees * 1e7))]),
  );
