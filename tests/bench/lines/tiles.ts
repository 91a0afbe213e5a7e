/** Vector tiles: made from memory against ST_AsMVT, and kept against nginx with the same bytes as files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import { sql } from 'drizzle-orm';
import { PbfReader } from 'pbf';
import type { Bench } from '../bench.ts';
import type { Group } from '../group.ts';
import { nginx } from '../nginx.ts';
import { pgbench, type Script } from '../pgbench.ts';
import { wrk } from '../wrk.ts';
import {
  cellTileSql,
  GRIDS,
  gridTileSql,
  INCIDENTS,
  pointTileSql,
  prepareTiles,
  type Tile,
  type TileSource,
} from './tile-sides.ts';

const CLIENTS = 8;

export const gridTiles = (bench: Bench): Promise<Group> => tiles(bench, GRIDS);
export const incidentTiles = (bench: Bench): Promise<Group> => tiles(bench, INCIDENTS);

async function tiles(bench: Bench, source: TileSource): Promise<Group> {
  const { databaseUrl, folder } = bench;
  const { collection, query } = source;
  const chosen = await prepareTiles(bench.db, source);
  const [plain, caching] = [await bench.serve({ bodyBytes: 0 }), await bench.serve()];
  const paths = chosen.map(({ z, x, y }) => `/tiles/${collection}/${z}/${x}/${y}.mvt${query}`);

  // Ours are fetched once each: to compare, to know which are binned, to warm the cache, and as files for nginx.
  const ours: Uint8Array[] = [];
  const filePaths: string[] = [];
  const files = `${folder}/${collection}-files`;
  await mkdir(`${files}/gzip`, { recursive: true });
  await mkdir(`${files}/plain`, { recursive: true });
  for (const [i, path] of paths.entries()) {
    ours.push(await bytesOf(plain.url + path));
    const kept = await rawAnswer(caching.url + path, 'gzip');
    filePaths.push(`/${kept.coding === 'gzip' ? 'gzip' : 'plain'}/${i}.mvt`);
    await writeFile(`${files}${filePaths.at(-1)}`, kept.bytes);
  }
  await mkdir(`${folder}/${collection}-nginx`);
  const peer = await nginx(files, `${folder}/${collection}-nginx`);

  const binned = chosen.map((_, i) => collection === 'incidents' && isBinned(ours[i]!));
  const statement = ({ i }: Tile): ((number: string) => string) =>
    collection === 'grids' ? gridTileSql : binned[i] ? cellTileSql : pointTileSql;

  const rates = async (): Promise<() => Promise<number>> => {
    const scripts: Script[] = [];
    for (const make of new Set(chosen.map(statement))) {
      const of = chosen.filter((tile) => statement(tile) === make);
      // Numbers of the tiles of this kind stand without gaps in a table of their own.
      const table = `bench_${make.name}`;
      await bench.db.run(sql.raw(`CREATE TABLE ${table} (n int PRIMARY KEY, i int)`));
      await bench.db.run(sql.raw(`INSERT INTO ${table} VALUES ${of.map(({ i }, n) => `(${n}, ${i})`).join(', ')}`));
      await bench.db.run(sql.raw(`VACUUM ANALYZE ${table}`));
      const text = make(`(SELECT n.i FROM ${table} n WHERE n.n = :n)`).replaceAll('\n', ' ').trim();
      scripts.push({ text: `\\set n random(0, ${of.length - 1})\n${text};\n`, weight: of.length });
    }
    return await pgbench(databaseUrl, folder, `${collection}-tiles`, scripts, CLIENTS);
  };
  let notes: string[] = [];
  const kept = {
    name: 'HTTP, cached',
    measure: await wrk(caching.url, folder, `${collection}-kept`, paths, CLIENTS, 'gzip'),
  };
  return {
    rounds: 5,
    ratios: [
      {
        name: `${chosen.length} ${collection} tiles, without response cache`,
        ours: { name: 'HTTP', measure: await wrk(plain.url, folder, `${collection}-made`, paths, CLIENTS) },
        theirs: { name: 'pgbench ST_AsMVT', measure: await rates() },
        target: { atLeast: 3 },
      },
      {
        name: `${chosen.length} ${collection} tiles, cached`,
        ours: kept,
        theirs: {
          name: 'nginx, files',
          measure: await wrk(peer.url, folder, `${collection}-files`, filePaths, CLIENTS, 'gzip'),
        },
        target: { atLeast: 0.5 },
      },
    ],
    compare: async () => {
      const sums = { bytes: [0, 0], features: [0, 0], vertices: [0, 0] };
      const counted = [0, 0];
      let apart = 0;
      for (const tile of chosen) {
        const text = sql.raw(statement(tile)(String(tile.i)));
        const [row] = await bench.db.rows<{ hex: string }>(sql`SELECT encode(tile, 'hex') AS hex FROM (${text}) made`);
        const bytes = [ours[tile.i]!, new Uint8Array(Buffer.from(row!.hex, 'hex'))] as const;
        const [our, their] = bytes.map((one) => featuresOf(one, collection)) as [Read, Read];
        for (const side of [0, 1] as const) {
          sums.bytes[side]! += bytes[side].length;
          sums.features[side]! += side === 0 ? our.features.length : their.features.length;
          sums.vertices[side]! += side === 0 ? our.vertices : their.vertices;
        }
        const where = `${tile.z}/${tile.x}/${tile.y}`;
        if (our.keys.join() !== their.keys.join()) return `${where}: attributes ${our.keys} and ${their.keys}`;
        const [mine, yours] = [new Set(our.features), new Set(their.features)];
        const differing =
          [...mine].filter((one) => !yours.has(one)).length + [...yours].filter((one) => !mine.has(one)).length;
        apart += differing;
        counted[0]! += our.counted;
        counted[1]! += their.counted;
        // The database's boxes are rounded: a point within a metre of the edge may be in both its tiles.
        if (Math.abs(our.counted - their.counted) > Math.max(3, our.counted / 100))
          return `${where}: ${our.counted} features or incidents and ${their.counted}`;
      }
      const most = sums.features[1]! / 200;
      if (apart > most) return `${apart} of ${sums.features[1]} features are only on one side`;
      for (const [i, path] of filePaths.entries()) {
        const { bytes } = await rawAnswer(peer.url + path, 'gzip');
        const kept = await rawAnswer(caching.url + paths[i]!, 'gzip');
        if (Buffer.compare(bytes, kept.bytes) !== 0) return `${path}: nginx and the cache send different bytes`;
        if (Buffer.compare(kept.coding ? gunzipSync(kept.bytes) : kept.bytes, ours[i]!) !== 0) {
          return `${paths[i]}: kept and made tile differ`;
        }
      }
      notes = [
        `zoom ${source.zooms.join('–')}, c=${CLIENTS}; ${kilobytes(sums.bytes[0]!)} of ours, ${kilobytes(sums.bytes[1]!)} of ST_AsMVT; ${sums.features[0]} and ${sums.features[1]} features, ${apart} on one side only (rounding at the edge), the same attributes`,
        collection === 'grids'
          ? `borders are simplified by either side in its own way, ours once per shared border: ${sums.vertices[0]} vertices against ${sums.vertices[1]}`
          : `a year; ${counted[0]} incidents in ours, ${counted[1]} in theirs; ${binned.filter(Boolean).length} tiles are binned on either side, by SQL into the same cells`,
      ];
      return null;
    },
    get notes() {
      return notes;
    },
    close: async () => {
      await plain.stop();
      await caching.stop();
      await peer.stop();
    },
  };
}

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1024)} KB`;

/** What lies on the wire; `fetch` would unpack it. */
async function rawAnswer(url: string, accepting: string): Promise<{ bytes: Uint8Array; coding: string | null }> {
  const { get } = await import('node:http');
  return await new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': accepting } }, (answer) => {
      const chunks: Uint8Array[] = [];
      answer.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      answer.on('end', () => {
        if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
        else resolve({ bytes: Buffer.concat(chunks), coding: answer.headers['content-encoding'] ?? null });
      });
    }).on('error', reject);
  });
}

const bytesOf = async (url: string): Promise<Uint8Array> => (await rawAnswer(url, 'identity')).bytes;

interface Read {
  readonly keys: readonly string[];
  /** Each as a text: its id, or where it lies and how many it counts. */
  readonly features: readonly string[];
  readonly counted: number;
  readonly vertices: number;
}

const layerOf = (bytes: Uint8Array, name: string) => new VectorTile(new PbfReader(bytes)).layers[name];

function isBinned(bytes: Uint8Array): boolean {
  return layerOf(bytes, 'incidents')!.feature(0).properties.binned === true;
}

function featuresOf(bytes: Uint8Array, name: string): Read {
  const layer = layerOf(bytes, name)!;
  const keys = new Set<string>();
  const features: string[] = [];
  let [counted, vertices] = [0, 0];
  for (let i = 0; i < layer.length; i++) {
    const feature: VectorTileFeature = layer.feature(i);
    const geometry = feature.loadGeometry();
    vertices += geometry.reduce((sum, ring) => sum + ring.length, 0);
    for (const key of Object.keys(feature.properties)) keys.add(key);
    const { count, weight } = feature.properties as { count?: number; weight?: number };
    counted += count ?? 1;
    features.push(
      feature.id === undefined ? `${geometry[0]![0]!.x} ${geometry[0]![0]!.y} ${count} ${weight}` : String(feature.id),
    );
  }
  return { keys: [...keys].sort(), features, counted, vertices };
}
