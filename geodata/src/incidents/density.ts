/**
 * Heat: how many events and disputes lie around a place, in 件/km². A metric grid, a kernel with a bandwidth in metres,
 * mass equal to the count; so the colour of a place depends on the data alone and not on zoom or screen.
 */
import { metresPerDegree } from '../crs/plane.ts';
import { UNITS } from '../mesh/lattice.ts';
import { type IncidentColumns, NO_POINT } from './columns.ts';
import { KINDS } from './incident.ts';

/** `[west, south, east, north]` in degrees. */
export type Bbox = readonly [west: number, south: number, east: number, north: number];

/** A raster whose rows and columns are evenly spaced in Web Mercator, so that a map stretches it by its bounds alone. */
export interface DensityFrame {
  readonly width: number;
  readonly height: number;
  /** The bbox that was asked for, and a margin that holds the whole kernel of every point in it. */
  readonly bounds: Bbox;
  /** Side of a cell in metres on the ground at the middle latitude. */
  readonly cell_m: number;
  /** Standard deviation of the kernel in metres on the ground at the middle latitude. */
  readonly bandwidth_m: number;
  /** Ground area of a cell by row, north to south, km², WGS 84 ellipsoid. */
  readonly cell_km2: Float64Array;
}

export interface Density {
  /** 件/km² by cell, rows from north to south, west to east inside a row. */
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly bounds: Bbox;
  /** The incidents that the values spread: events and disputes with a point in the frame that pass the filter. */
  readonly count: number;
}

// Mercator ordinate, in degrees like the abscissa, and back (spherical, as EPSG:3857).
const RADIANS = Math.PI / 180;
const mercator = (lat: number): number => Math.log(Math.tan(Math.PI / 4 + (lat * RADIANS) / 2)) / RADIANS;
const latitude = (y: number): number => (2 * Math.atan(Math.exp(y * RADIANS)) - Math.PI / 2) / RADIANS;

/**
 * The frame of a heat over a bbox.
 *
 * @param cellMetres side of a cell on the ground at the bbox's middle latitude; 250 for a county.
 * @param bandwidthMetres standard deviation of the kernel, at least half a cell. It reaches about three times as far.
 * Over a county the ground length of a cell differs by 1 % from north to south; density is corrected for it row by row.
 * @throws Error for an empty bbox, latitudes beyond 85°, or more than 16 million cells.
 */
export function densityFrame(bbox: Bbox, cellMetres: number, bandwidthMetres: number): DensityFrame {
  const [west, south, east, north] = bbox;
  if (!(west < east && south < north)) throw new Error(`bbox: ${bbox.join(', ')} is empty`);
  if (south < -85 || north > 85) throw new Error(`bbox: Web Mercator ends at 85° latitude`);
  if (!(cellMetres > 0)) throw new Error(`cellMetres: ${cellMetres} must be positive`);
  if (!(bandwidthMetres >= cellMetres / 2)) {
    throw new Error(`bandwidthMetres: ${bandwidthMetres} must be at least half a cell, ${cellMetres / 2}`);
  }
  const step = cellMetres / metresPerDegree((south + north) / 2).lon;
  // One cell more than the kernel reaches, for points on the very edge.
  const margin = PASSES * (boxOf(bandwidthMetres / cellMetres).radius + 1) + 1;
  const width = Math.ceil((east - west) / step) + 2 * margin;
  const height = Math.ceil((mercator(north) - mercator(south)) / step) + 2 * margin;
  if (width * height > 1 << 24)
    throw new Error(`cellMetres: ${cellMetres} makes ${width} × ${height} cells; take larger ones`);
  const left = west - margin * step;
  const top = mercator(north) + margin * step;
  const cell_km2 = Float64Array.from({ length: height }, (_, row) => {
    const middle = latitude(top - (row + 0.5) * step);
    const metres = metresPerDegree(middle);
    const rise = latitude(top - row * step) - latitude(top - (row + 1) * step);
    return (step * metres.lon * rise * metres.lat) / 1e6;
  });
  return {
    width,
    height,
    bounds: [left, latitude(top - height * step), left + width * step, latitude(top)],
    cell_m: cellMetres,
    bandwidth_m: bandwidthMetres,
    cell_km2,
  };
}

const COLLECTION = KINDS.indexOf('collection');

/**
 * The density of events and disputes; 信息采集 is no heat. Take a window's columns to draw a window.
 *
 * A point is put in its cell and spread by three box blurs: a bell as wide as the Gaussian of the bandwidth, which ends
 * at three bandwidths and has about nine tenths of its peak. Inside the bbox of the frame the values are exact: the
 * margin holds all that points in the bbox send out, and points in the margin send in what they should. In the margin
 * itself values fall off to zero and points beyond the frame are not counted, so show the margin only where nothing lies
 * outside, as with a whole county.
 *
 * @param filter rows to count, by their number in `columns`; every row where it is left out.
 */
export function density(columns: IncidentColumns, frame: DensityFrame, filter?: (row: number) => boolean): Density {
  const { width, height, bounds } = frame;
  const { kind, lon, lat } = columns;
  const top = mercator(bounds[3]);
  const perDegree = width / (bounds[2] - bounds[0]);
  const left = bounds[0];
  const rowOf = latitudeRows(frame, top, perDegree);

  const cells = new Float32Array(width * height);
  let count = 0;
  for (let row = 0; row < columns.length; row++) {
    if (kind[row] === COLLECTION || lon[row] === NO_POINT || (filter && !filter(row))) continue;
    const x = Math.floor((lon[row]! / UNITS - left) * perDegree);
    const y = rowOf(lat[row]!);
    if (x < 0 || x >= width || y < 0 || y >= height) continue;
    cells[y * width + x]!++;
    count++;
  }

  const box = boxOf(frame.bandwidth_m / frame.cell_m);
  const spare = new Float32Array(cells.length);
  for (let pass = 0; pass < PASSES; pass++) {
    blurAlongRows(cells, spare, width, height, box);
    blurAlongColumns(spare, cells, width, height, box);
  }
  for (let y = 0; y < height; y++) {
    const perKm2 = 1 / frame.cell_km2[y]!;
    for (let i = y * width; i < (y + 1) * width; i++) cells[i]! *= perKm2;
  }
  return { values: cells, width, height, bounds, count };
}

/** Lattice latitude → row. Interpolates in a table four times as fine as the rows, for a logarithm a point is slow. */
function latitudeRows(frame: DensityFrame, top: number, perDegree: number): (lat: number) => number {
  const south = frame.bounds[1] * UNITS;
  const north = frame.bounds[3] * UNITS;
  const n = frame.height * 4;
  const rows = Float64Array.from({ length: n + 2 }, (_, i) => {
    const lat = south + ((north - south) * i) / n;
    return (top - mercator(lat / UNITS)) * perDegree;
  });
  const scale = n / (north - south);
  return (lat) => {
    const at = (lat - south) * scale;
    if (at < 0 || at > n) return -1;
    const i = Math.floor(at);
    return Math.floor(rows[i]! + (at - i) * (rows[i + 1]! - rows[i]!));
  };
}

const PASSES = 3;

interface Box {
  /** Cells of weight 1 on either side of the middle. */
  readonly radius: number;
  /** Weight of the one cell beyond them, 0 to 1. */
  readonly edge: number;
  /** One over the sum of the weights. */
  readonly scale: number;
}

/**
 * The box of which three passes have the variance of a Gaussian with a standard deviation of `sigma` cells, with a
 * fractional outermost cell (P. Gwosdek et al., Theoretical Foundations of Gaussian Convolution by Extended Box
 * Filtering, 2011), so that the bandwidth is met exactly and not rounded to whole cells.
 */
function boxOf(sigma: number): Box {
  const variance = (sigma * sigma) / PASSES;
  const radius = Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2);
  const edge =
    ((2 * radius + 1) * (radius * (radius + 1) - 3 * variance)) / (6 * (variance - (radius + 1) * (radius + 1)));
  return { radius, edge, scale: 1 / (2 * radius + 1 + 2 * edge) };
}

// A running sum leaves rounding behind where it should be back at nothing; no count is as small.
const NOTHING = 1e-12;

function blurAlongRows(from: Float32Array, to: Float32Array, width: number, height: number, box: Box): void {
  const { radius, edge, scale } = box;
  for (let y = 0; y < height; y++) {
    const start = y * width;
    const end = start + width;
    let sum = 0;
    for (let i = start; i < Math.min(end, start + radius); i++) sum += from[i]!;
    for (let i = start; i < end; i++) {
      if (i + radius < end) sum += from[i + radius]!;
      const outer =
        (i + radius + 1 < end ? from[i + radius + 1]! : 0) + (i - radius - 1 >= start ? from[i - radius - 1]! : 0);
      const value = (sum + edge * outer) * scale;
      to[i] = value < NOTHING ? 0 : value;
      if (i - radius >= start) sum -= from[i - radius]!;
    }
  }
}

function blurAlongColumns(from: Float32Array, to: Float32Array, width: number, height: number, box: Box): void {
  const { radius, edge, scale } = box;
  // One running sum a column, row by row: memory is walked in order.
  const sums = new Float64Array(width);
  const nothing = new Float32Array(width);
  const rowOf = (y: number) => (y >= 0 && y < height ? from.subarray(y * width, (y + 1) * width) : nothing);
  for (let y = 0; y < Math.min(height, radius); y++) {
    const row = rowOf(y);
    for (let x = 0; x < width; x++) sums[x]! += row[x]!;
  }
  for (let y = 0; y < height; y++) {
    const entering = rowOf(y + radius);
    const below = rowOf(y + radius + 1);
    const above = rowOf(y - radius - 1);
    const leaving = rowOf(y - radius);
    const start = y * width;
    for (let x = 0; x < width; x++) {
      const sum = sums[x]! + entering[x]!;
      const value = (sum + edge * (below[x]! + above[x]!)) * scale;
      to[start + x] = value < NOTHING ? 0 : value;
      sums[x] = sum - leaving[x]!;
    }
  }
}
