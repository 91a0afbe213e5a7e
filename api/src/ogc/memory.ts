/** A collection that is small and read whole: filtered, ordered and serialised in memory, once a version. */
import type { DataVersion } from '../county/version.ts';
import type { Box, Collection, Extent, Filter, ItemsQuery, Page, Value } from './collection.ts';

export interface MemoryFeature {
  readonly id: string;
  readonly properties: Readonly<Record<string, Value>>;
  /** GeoJSON; null where the place is not known. */
  readonly geometry: string | null;
  /** For points: what a box is tested against. */
  readonly point?: readonly [lon: number, lat: number] | null;
  /** For features that hold over days: what `datetime` is tested against. */
  readonly interval?: { readonly start: number; readonly end: number | null };
}

export interface MemoryOptions {
  readonly about: Pick<Collection, 'id' | 'title' | 'description' | 'geometry' | 'properties' | 'time'>;
  /** The order of ids in which pages go through the features. */
  readonly order: (a: string, b: string) => number;
  tag(version: DataVersion): string;
  load(version: DataVersion): Promise<readonly MemoryFeature[]>;
  extent(version: DataVersion, features: readonly MemoryFeature[]): Promise<Extent>;
  /** Ids of the features that a box touches; for points it is not asked. */
  within?(version: DataVersion, box: Box): Promise<Iterable<string>>;
}

interface Loaded {
  readonly tag: string;
  readonly features: readonly MemoryFeature[];
  readonly position: ReadonlyMap<string, number>;
  /** Serialised when first asked for, in UTF-8: a page of them is then put together by copying. */
  readonly bytes: (Uint8Array | undefined)[];
}

/** By code point, so that the order is the same in every locale. */
export const codeOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Ids of digits, by size. */
export const numberOrder = (a: string, b: string): number => a.length - b.length || codeOrder(a, b);

/** GeoJSON text of a point, degrees. */
export const pointText = (lon: number, lat: number): string => `{"type":"Point","coordinates":[${lon},${lat}]}`;

export function memoryCollection(options: MemoryOptions): Collection {
  let current: { readonly tag: string; readonly loaded: Promise<Loaded> } | null = null;

  const load = (version: DataVersion): Promise<Loaded> => {
    const tag = options.tag(version);
    if (current?.tag === tag) return current.loaded;
    const loaded = options.load(version).then((unordered) => {
      const features = [...unordered].sort((a, b) => options.order(a.id, b.id));
      return { tag, features, position: new Map(features.map((f, i) => [f.id, i])), bytes: [] };
    });
    const mine = { tag, loaded };
    current = mine;
    loaded.catch(() => {
      if (current === mine) current = null;
    });
    return loaded;
  };

  const serialised = ({ features, bytes }: Loaded, i: number): Uint8Array => {
    const { id, geometry, properties } = features[i]!;
    bytes[i] ??= Buffer.from(
      `{"type":"Feature","id":${JSON.stringify(id)},"geometry":${geometry ?? 'null'},"properties":${JSON.stringify(properties)}}`,
    );
    return bytes[i];
  };

  const touching = async (version: DataVersion, boxes: readonly Box[]): Promise<(f: MemoryFeature) => boolean> => {
    if (options.within) {
      const ids = new Set<string>();
      for (const box of boxes) for (const id of await options.within(version, box)) ids.add(id);
      return (f) => ids.has(f.id);
    }
    return ({ point }) =>
      point != null && boxes.some(([w, s, e, n]) => point[0] >= w && point[0] <= e && point[1] >= s && point[1] <= n);
  };

  return {
    ...options.about,
    kept: true,
    tag: options.tag,
    extent: async (version) => await options.extent(version, (await load(version)).features),
    async page(version, query): Promise<Page> {
      const loaded = await load(version);
      const within = query.boxes ? await touching(version, query.boxes) : null;
      const matching: number[] = [];
      loaded.features.forEach((feature, i) => {
        if (within && !within(feature)) return;
        if (!overlaps(feature, query.interval)) return;
        if (query.filters.every((filter) => satisfies(feature, filter))) matching.push(i);
      });
      const rest =
        query.cursor === null
          ? matching.slice(query.offset)
          : matching.filter((i) => options.order(loaded.features[i]!.id, query.cursor!) > 0);
      const shown = rest.slice(0, query.limit);
      return {
        matched: matching.length,
        features: shown.map((i) => serialised(loaded, i)),
        next: rest.length > shown.length ? loaded.features[shown.at(-1)!]!.id : null,
      };
    },
    async item(version, id) {
      const loaded = await load(version);
      const position = loaded.position.get(id);
      return position === undefined ? null : Buffer.from(serialised(loaded, position)).toString();
    },
  };
}

function overlaps({ interval: held }: MemoryFeature, asked: ItemsQuery['interval']): boolean {
  if (!asked || !held) return true;
  return (
    (asked.end === null || held.start < asked.end) &&
    (asked.start === null || held.end === null || held.end > asked.start)
  );
}

function satisfies(feature: MemoryFeature, { property, value }: Filter): boolean {
  const held = feature.properties[property.name] ?? null;
  if (held === null) return false;
  return property.type === 'date-time' ? Date.parse(held as string) === value : held === value;
}
