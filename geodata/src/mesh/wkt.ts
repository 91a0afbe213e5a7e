/** Cells as EWKT for PostGIS: `SRID=4326;MULTIPOLYGON(((lon lat,…)))`, always 7 decimals. */
import type { Cell, Polygon, Ring } from './mesh.ts';

/** 7 decimals from the integer itself, so that no float is ever formatted. */
function decimal(k: number): string {
  const digits = String(Math.abs(k)).padStart(8, '0');
  return `${k < 0 ? '-' : ''}${digits.slice(0, -7)}.${digits.slice(-7)}`;
}

function ringText(ring: Ring): string {
  let text = '(';
  for (let i = 0; i < ring.length; i += 2) text += `${decimal(ring[i]!)} ${decimal(ring[i + 1]!)},`;
  return `${text}${decimal(ring[0]!)} ${decimal(ring[1]!)})`;
}

/** EWKT of polygons, e.g. a result of `dissolve`; `SRID=4326;MULTIPOLYGON EMPTY` where there are none. */
export function polygonsEwkt(polygons: readonly Polygon[]): string {
  if (polygons.length === 0) return 'SRID=4326;MULTIPOLYGON EMPTY';
  return `SRID=4326;MULTIPOLYGON(${polygons.map((rings) => `(${rings.map(ringText).join(',')})`).join(',')})`;
}

/** EWKT of a cell. */
export function cellEwkt(cell: Cell): string {
  return polygonsEwkt(cell.polygons);
}
