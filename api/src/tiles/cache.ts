/**
 * The tiles of the present moment: made from memory, kept as they are sent, compressed once. A write drops exactly the
 * tiles whose bytes it may change; all others stay, with their entity tags.
 */
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzipSync, gzip, gzipSync } from 'node:zlib';
import type { IncidentRecord } from '@wangge/geodata/incidents/build';
import { changesTo, type ShownIncident } from '@wangge/geodata/incidents/changes';
import { filterKey, passes } from '@wangge/geodata/incidents/filter';
import { toLattice } from '@wangge/geodata/mesh/lattice';
import { DwellingTiles } from '@wangge/geodata/tiles/dwelling-tile';
import { GridTileIndex } from '@wangge/geodata/tiles/grid-index';
import { GridTiles } from '@wangge/geodata/tiles/grid-tile';
import { type IncidentSelection, IncidentTiles } from '@wangge/geodata/tiles/incident-tile';
import { worldPoint } from '@wangge/geodata/tiles/points';
import { MAX_ZOOM, type TileAddress, tileKey, WORLD_BITS } from '@wangge/geodata/tiles/world';
import type { IncidentsAt } from '../incidents/read-model.ts';
import type { TiledCollection } from './collections.ts';
import { gridTags } from './grid-tags.ts';
import type { Moment } from './moment.ts';

const gzipped = promisify(gzip);

export interface TileQuestion extends TileAddress {
  readonly collection: TiledCollection;
  /** Which incidents; null for every other collection. */
  readonly selection: IncidentSelection | null;
}

/** Smaller tiles are compressed at once; larger ones beside the loop, as they take a millisecond and more. */
const AT_ONCE_BYTES = 8 * 1024;
/** Below this, or where it saves less than a tenth, a tile is kept as it is. */
const WORTH_COMPRESSING = 256;
/** What an entry takes beside its bytes. */
const ENTRY_BYTES = 1024;

/** A tile as it is kept. Entity tags name the bytes: a tile that is made again, here or elsewhere, has the same one. */
export class KeptTile {
  body: Uint8Array;
  /** Whether `body` is compressed. */
  coded = false;
  /** Settled when `body` is as it stays; null when it is. */
  settling: Promise<void> | null = null;
  readonly tag: string;
  /** False once it is no longer the present tile. */
  live = true;

  constructor(
    readonly question: TileQuestion,
    readonly key: string,
    raw: Uint8Array,
  ) {
    this.body = raw;
    // Weak: compressed and plain bytes carry the same tag.
    this.tag = `W/"${hash('sha1', raw, 'base64url')}"`;
  }

  /** The bytes before compression. */
  plain(): Uint8Array {
    return this.coded ? gunzipSync(this.body) : this.body;
  }

  /** @param saved is told by how many bytes the body has become smaller, at once or later */
  compress(saved: (bytes: number) => void): void {
    const raw = this.body;
    if (raw.length < WORTH_COMPRESSING) return;
    const keep = (packed: Uint8Array) => {
      if (packed.length > raw.length * 0.9) return;
      this.body = packed;
      this.coded = true;
      saved(raw.length - packed.length);
    };
    if (raw.length <= AT_ONCE_BYTES) keep(gzipSync(raw));
    else {
      this.settling = gzipped(raw)
        .then(keep)
        .finally(() => {
          this.settling = null;
        });
    }
  }
}

export class TileCache {
  /** Least recently used first. */
  readonly #kept = new Map<string, KeptTile>();
  /** Of incidents, by `tileKey`. */
  readonly #incidentsAt = new Map<number, Set<KeptTile>>();
  #bytes = 0;

  #moment: Moment | null = null;
  #incidents: IncidentsAt | null = null;
  #index: GridTileIndex | null = null;
  #grids: GridTiles | null = null;
  #dwellings: DwellingTiles | null = null;
  /** Of `#incidents` once asked for; until then of some columns before them. */
  #incidentTiles: IncidentTiles | null = null;

  /** @param maxBytes of tiles as they are kept; 0 keeps and compresses nothing */
  constructor(readonly maxBytes: number) {}

  /** Brings the cache to a moment; without an effect where it stands there already, or later. */
  standAt(moment: Moment): void {
    const before = this.#moment;
    if (moment === before || (before && moment.version.position < before.version.position)) return;
    this.#moment = moment;
    const { version, ground, tiling, dwellings, incidents } = moment;
    if (before?.tiling !== tiling) this.#index = new GridTileIndex(tiling.mesh);
    if (before?.tiling !== tiling || before.ground !== ground || before.version.today !== version.today) {
      this.#grids = new GridTiles(this.#index!, gridTags(ground, version.today));
      this.#dropAll('grids');
    }
    if (before?.dwellings !== dwellings || before.ground !== ground) {
      this.#dwellings = new DwellingTiles(dwellings, ground.synthetic);
      this.#dropAll('dwellings');
    }
    const held = this.#incidents;
    if (held === null || incidents.asOf < held.asOf) this.#incidents ??= incidents;
    else if (incidents.columns === held.columns) this.#incidents = incidents;
    // Nobody has told what changed.
    else this.incidentsChanged(held, incidents, null);
  }

  /**
   * Brings incidents to what they are after writes; an `IncidentsListener`.
   * @param changed every incident that was written since `before`; null where all of them were read anew
   */
  incidentsChanged(before: IncidentsAt, after: IncidentsAt, changed: readonly IncidentRecord[] | null): void {
    const held = this.#incidents;
    if (held === null) return;
    this.#incidents = after;
    if (changed === null || held.columns !== before.columns) {
      this.#dropAll('incidents');
      return;
    }
    for (const change of changesTo(before.columns, changed)) {
      if (change.before && looksTheSame(change.before, change.after)) continue;
      if (change.before) this.#dropAround(change.before);
      this.#dropAround(change.after);
    }
  }

  /** The present tile, kept for the next who asks; null where it is empty. */
  tile(question: TileQuestion): KeptTile | null {
    const key = keyOf(question);
    const kept = this.#kept.get(key);
    if (kept) {
      this.touch(kept);
      return kept;
    }
    const raw = this.build(question);
    if (raw === null) return null;
    const tile = new KeptTile(question, key, raw);
    if (this.maxBytes > 0) {
      this.#keep(tile);
      tile.compress((bytes) => {
        if (tile.live) this.#bytes -= bytes;
      });
      this.#shrink();
    }
    return tile;
  }

  /** Marks a kept tile as used. */
  touch(tile: KeptTile): void {
    this.#kept.delete(tile.key);
    this.#kept.set(tile.key, tile);
  }

  /** The bytes of a tile, made afresh; null where it is empty. */
  build({ collection, selection, ...at }: TileQuestion): Uint8Array | null {
    if (this.#moment === null || this.#incidents === null) throw new Error('no moment: call standAt first');
    switch (collection) {
      case 'grids':
        return this.#grids!.tile(at.z, at.x, at.y);
      case 'dwellings':
        return this.#dwellings!.tile(at);
      case 'incidents':
        if (this.#incidentTiles?.columns !== this.#incidents.columns) {
          this.#incidentTiles = new IncidentTiles(
            this.#incidents.columns,
            this.#moment.ground.synthetic,
            this.#incidentTiles,
          );
        }
        return this.#incidentTiles.tile(at, selection!);
    }
  }

  #keep(tile: KeptTile): void {
    this.#kept.set(tile.key, tile);
    this.#bytes += tile.body.length + ENTRY_BYTES;
    if (tile.question.collection === 'incidents') {
      const { z, x, y } = tile.question;
      const key = tileKey(z, x, y);
      const there = this.#incidentsAt.get(key);
      if (there) there.add(tile);
      else this.#incidentsAt.set(key, new Set([tile]));
    }
  }

  #shrink(): void {
    for (const tile of this.#kept.values()) {
      if (this.#bytes <= this.maxBytes) return;
      this.#drop(tile);
    }
  }

  #drop(tile: KeptTile): void {
    if (!tile.live) return;
    tile.live = false;
    this.#kept.delete(tile.key);
    this.#bytes -= tile.body.length + ENTRY_BYTES;
    if (tile.question.collection !== 'incidents') return;
    const { z, x, y } = tile.question;
    const key = tileKey(z, x, y);
    const there = this.#incidentsAt.get(key);
    there?.delete(tile);
    if (there?.size === 0) this.#incidentsAt.delete(key);
  }

  #dropAll(collection: TiledCollection): void {
    for (const tile of [...this.#kept.values()]) if (tile.question.collection === collection) this.#drop(tile);
  }

  /** Drops the tiles that show an incident: at every zoom the one in which its point lies. */
  #dropAround(incident: ShownIncident): void {
    if (incident.point === null) return;
    const world = worldPoint(toLattice(incident.point[0]), toLattice(incident.point[1]));
    if (world === null) return;
    const second = Math.floor(incident.occurred_at.getTime() / 1000);
    for (let z = 0; z <= MAX_ZOOM; z++) {
      const shift = WORLD_BITS - z;
      const there = this.#incidentsAt.get(tileKey(z, world[0] >> shift, world[1] >> shift));
      if (!there) continue;
      for (const tile of [...there]) {
        const { from, to, filter } = tile.question.selection!;
        if (second >= from && second < to && passes(filter, incident)) this.#drop(tile);
      }
    }
  }
}

const keyOf = ({ collection, z, x, y, selection }: TileQuestion): string =>
  selection
    ? `${collection}/${z}/${x}/${y} ${selection.from} ${selection.to} ${filterKey(selection.filter)}`
    : `${collection}/${z}/${x}/${y}`;

/** Whether two states of an incident make the same bytes in every tile. */
function looksTheSame(before: ShownIncident, after: ShownIncident): boolean {
  const seconds = (incident: ShownIncident) => Math.floor(incident.occurred_at.getTime() / 1000);
  const lattice = ({ point }: ShownIncident) => (point ? `${toLattice(point[0])} ${toLattice(point[1])}` : '');
  return (
    before.kind === after.kind &&
    before.category === after.category &&
    before.urgency === after.urgency &&
    before.state === after.state &&
    seconds(before) === seconds(after) &&
    lattice(before) === lattice(after)
  );
}
