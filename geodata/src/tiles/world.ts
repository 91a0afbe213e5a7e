/**
 * Web Mercator as integers: the square world (EPSG:3857, WebMercatorQuad) in 2^31 units a side, x to the east, y to the
 * south from its north-west corner. A tile, and a place inside it, are then bits of one number, so that every zoom cuts
 * the world at the same lines and a point lies in exactly one tile.
 */
import { UNITS } from '../mesh/lattice.ts';

/** Units of the world a side, as a power of two: one unit is under 2 cm. */
export const WORLD_BITS = 31;
const WORLD = 2 ** WORLD_BITS;

/** Units of a tile a side, as a power of two, and as a number: what vector tiles usually have. */
export const TILE_BITS = 12;
export const TILE_UNITS = 2 ** TILE_BITS;

/** The deepest zoom that tiles are made for: a unit is then 12 cm here, and a map stretches what it has. */
export const MAX_ZOOM = 16;

/** `[west, south, east, north]` of the square world, degrees. */
export const WORLD_BBOX = [-180, -85.051129, 180, 85.051129] as const;

export interface TileAddress {
  readonly z: number;
  /** Column from the west, row from the north; 0 to 2^z − 1. */
  readonly x: number;
  readonly y: number;
}

/** World abscissa of a lattice longitude, not rounded. */
export const worldX = (lon: number): number => (lon / UNITS / 360 + 0.5) * WORLD;

/** World ordinate of a lattice latitude, not rounded; beyond 0 and 2^31 outside ±85.05°, where the square ends. */
export const worldY = (lat: number): number => {
  const sine = Math.sin(((lat / UNITS) * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD;
};

/** One number for a tile, whatever its zoom: for maps by tile. */
export const tileKey = (z: number, x: number, y: number): number => (y * 2 ** z + x) * 32 + z;
