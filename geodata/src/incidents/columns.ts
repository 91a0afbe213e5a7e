/**
 * `IncidentColumns`: the incidents of a window as typed arrays in time order (occurred_at, then id). The one type on
 * which every total is computed, in the server's read model and in the browser.
 */

/** Value of `lon` and `lat` where an incident has no point. */
export const NO_POINT = 0x7fffffff;
/** Value of `grid` where an incident has no grid, and of `area` where it has no division. */
export const NO_AREA = 0;

export interface IncidentColumns {
  readonly length: number;
  readonly id: Uint32Array;
  /** Seconds since 1970-01-01T00:00:00Z, ascending. */
  readonly occurred_at: Uint32Array;
  /** Lattice units of 1e-7°, WGS 84 / CGCS2000; NO_POINT where the precision is not `point`. */
  readonly lon: Int32Array;
  readonly lat: Int32Array;
  /** Id of the grid in which it lies now; NO_AREA where none. */
  readonly grid: Uint32Array;
  /** Index into `areas`: the smallest division that is known (village, else township); NO_AREA where none. */
  readonly area: Uint16Array;
  /** Index into `categories`. */
  readonly category: Uint8Array;
  /** Indices into KINDS, URGENCIES, STATES. */
  readonly kind: Uint8Array;
  readonly urgency: Uint8Array;
  readonly state: Uint8Array;
  /** Division codes; `areas[0]` is the empty string. */
  readonly areas: readonly string[];
  /** Category codes of the county's dictionary. */
  readonly categories: readonly string[];
}
