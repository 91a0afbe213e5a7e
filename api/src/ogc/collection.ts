/** What every OGC collection offers, whether it answers from memory or from the database. */
import type { DataVersion } from '../county/version.ts';

export type PropertyType = 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'date-time';
export type Value = string | number | boolean | null;

export interface Property {
  readonly name: string;
  readonly type: PropertyType;
  readonly description: string;
}

/** Degrees, edges included; west ≤ east. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** Milliseconds since 1970, half-open; null is open. */
export interface Interval {
  readonly start: number | null;
  readonly end: number | null;
}

export interface Filter {
  readonly property: Property;
  /** Of the property's type; a date as `YYYY-MM-DD`, a date-time as milliseconds since 1970. */
  readonly value: string | number | boolean;
}

export interface ItemsQuery {
  /** 1 to MAX_LIMIT */
  readonly limit: number;
  /** Id of the feature after which the page begins. */
  readonly cursor: string | null;
  readonly offset: number;
  /** Any of them; null where the request has no bbox. */
  readonly boxes: readonly Box[] | null;
  readonly interval: Interval | null;
  /** All of them. */
  readonly filters: readonly Filter[];
}

export interface Page {
  /** Features that match, on all pages. */
  readonly matched: number;
  /** GeoJSON features of this page, each serialised, in UTF-8. */
  readonly features: readonly Uint8Array[];
  /** Id of the last feature where another page follows, else null. */
  readonly next: string | null;
}

export interface Extent {
  readonly bbox: Box;
  /** RFC 3339; null ends are open. Null where the collection has no time. */
  readonly interval: readonly [string | null, string | null] | null;
}

export interface Collection {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly geometry: 'Point' | 'MultiPolygon';
  readonly properties: readonly Property[];
  /** What `datetime` selects by; null where features have no time and all match. */
  readonly time: string | null;
  /** Whether a whole page may be kept in memory until the version changes. */
  readonly kept: boolean;
  /** What an answer depends on, as part of its entity tag. */
  tag(version: DataVersion): string;
  extent(version: DataVersion): Promise<Extent>;
  page(version: DataVersion, query: ItemsQuery): Promise<Page>;
  /** The feature, serialised; null where there is none. */
  item(version: DataVersion, id: string): Promise<string | null>;
}

export const DEFAULT_LIMIT = 1000;
export const MAX_LIMIT = 10_000;

export const property = (name: string, type: PropertyType, description: string): Property => ({
  name,
  type,
  description,
});
