/**
 * Colours of the map. Sequential ramps run from light to dark on the light page and from dark to bright on the dark one,
 * so that "more" always stands out from the paper. At most six classes: more cannot be told apart on a map.
 * Figures after ColorBrewer (Blues, BuGn, Purples, YlOrRd) and Okabe–Ito; neighbours differ in lightness as well as hue.
 */
import type { CoverageClass, Scheme } from './contract.ts';

/** What a measure counts decides its hue: numbers of reports, rates, workers. */
export type Measure = 'count' | 'rate' | 'staff';

const SEQUENTIAL: Record<Scheme, Record<Measure, readonly string[]>> = {
  light: {
    count: ['#e9f1f9', '#c6dbef', '#98c1e0', '#5f9fd0', '#2b74b3', '#0d4580'],
    rate: ['#e8f5f0', '#c2e4d8', '#8fcdbc', '#53ab9e', '#21807d', '#07515b'],
    staff: ['#f1eff8', '#d9d4ea', '#b6addb', '#8f82c4', '#6952a5', '#422a7e'],
  },
  dark: {
    count: ['#1b2c3e', '#1e456a', '#22639a', '#3588c4', '#74b7e0', '#cdeafa'],
    rate: ['#16302f', '#14504c', '#18736a', '#2f9a8a', '#6fc5b1', '#c9f0e2'],
    staff: ['#2a2740', '#413a6b', '#5c5198', '#7f72c0', '#aea4de', '#e4dffa'],
  },
};

const HEAT: Record<Scheme, readonly string[]> = {
  light: ['#fff0a6', '#fed16b', '#fda544', '#f76b2f', '#d92a20', '#8f0d26'],
  dark: ['#4d2046', '#862a4e', '#c23b45', '#ec6a35', '#f9ab48', '#fff0b0'],
};

/** Colours of `n` (1…6) classes, first class first. */
export const sequential = (measure: Measure, n: number, scheme: Scheme): readonly string[] =>
  pickEvenly(SEQUENTIAL[scheme][measure], n);

/** Colours of `n` (1…6) heat classes in 件/km², lowest first. */
export const heatRamp = (n: number, scheme: Scheme): readonly string[] => pickEvenly(HEAT[scheme], n);

function pickEvenly(ramp: readonly string[], n: number): readonly string[] {
  if (!Number.isInteger(n) || n < 1 || n > ramp.length) {
    throw new RangeError(`A map has 1 to ${ramp.length} classes, not ${n}: merge classes before colouring them.`);
  }
  // One class alone takes a middle colour: the ends would claim "little" or "much".
  if (n === 1) return [ramp[Math.floor(ramp.length / 2)]!];
  return Array.from({ length: n }, (_, i) => ramp[Math.round((i * (ramp.length - 1)) / (n - 1))]!);
}

/** Fill, ink of the pattern over it, and outline of a coverage class. The pattern carries the class without colour. */
export interface CoverageLook {
  readonly fill: string;
  readonly ink: string;
  readonly pattern: 'none' | 'dots' | 'stripes' | 'hatch';
  readonly outline: string | null;
}
export const COVERAGE: Record<Scheme, Record<CoverageClass, CoverageLook>> = {
  light: {
    own: { fill: '#d5e8f4', ink: '#d5e8f4', pattern: 'none', outline: null },
    shared: { fill: '#f6dc91', ink: '#7a4d00', pattern: 'dots', outline: '#a86b00' },
    vacant: { fill: '#f7b08c', ink: '#b83a00', pattern: 'stripes', outline: '#b83a00' },
    unknown: { fill: '#e3e6ea', ink: '#98a1ab', pattern: 'hatch', outline: null },
  },
  dark: {
    own: { fill: '#1d3a4d', ink: '#1d3a4d', pattern: 'none', outline: null },
    shared: { fill: '#5c4612', ink: '#ffd166', pattern: 'dots', outline: '#ffc640' },
    vacant: { fill: '#6b2a10', ink: '#ff8a4c', pattern: 'stripes', outline: '#ff7a38' },
    unknown: { fill: '#22282f', ink: '#56616d', pattern: 'hatch', outline: null },
  },
};

/** Lines, paper and letters of the map. */
export interface MapTheme {
  readonly paper: string;
  readonly graticule: string;
  readonly shadow: string;
  /** Land where no measure is drawn. */
  readonly land: string;
  readonly noData: string;
  readonly noDataInk: string;
  readonly gridLine: string;
  readonly villageLine: string;
  readonly townshipLine: string;
  readonly countyLine: string;
  readonly hoverLine: string;
  readonly selectedLine: string;
  readonly casing: string;
  readonly label: string;
  readonly labelQuiet: string;
  readonly halo: string;
  readonly marker: {
    readonly edge: string;
    readonly full_time: string;
    readonly stability: string;
    readonly auxiliary: string;
    readonly centre: string;
    readonly normal: string;
    readonly urgent: string;
    readonly critical: string;
    readonly dwelling: string;
    readonly office: string;
    readonly officeText: string;
    readonly gap: string;
  };
}
export const THEME: Record<Scheme, MapTheme> = {
  light: {
    paper: '#e8ecf1',
    graticule: '#d9dfe6',
    shadow: '#9aa7b5',
    land: '#f7f8f9',
    noData: '#eceef0',
    noDataInk: '#a4acb5',
    gridLine: '#ffffff',
    villageLine: '#76879a',
    townshipLine: '#4a5a6b',
    countyLine: '#2b3947',
    hoverLine: '#11202f',
    selectedLine: '#0b1c2d',
    casing: '#ffffff',
    label: '#14212e',
    labelQuiet: '#34465a',
    halo: 'rgba(255,255,255,0.94)',
    marker: {
      edge: '#ffffff',
      full_time: '#0072b2',
      stability: '#007a58',
      auxiliary: '#c77700',
      centre: '#273444',
      normal: '#3d5a80',
      urgent: '#d97706',
      critical: '#c81e1e',
      dwelling: '#5d4a3a',
      office: '#1f3a56',
      officeText: '#ffffff',
      gap: '#c2410c',
    },
  },
  dark: {
    paper: '#0d1217',
    graticule: '#1a222b',
    shadow: '#000000',
    land: '#1a222b',
    noData: '#20272e',
    noDataInk: '#4d5862',
    gridLine: '#0d1217',
    villageLine: '#5f7184',
    townshipLine: '#9fb2c6',
    countyLine: '#d5e0ea',
    hoverLine: '#ffffff',
    selectedLine: '#ffffff',
    casing: '#0d1217',
    label: '#f2f6fa',
    labelQuiet: '#ccd8e3',
    halo: 'rgba(9,14,19,0.92)',
    marker: {
      edge: '#0d1217',
      full_time: '#56b4e9',
      stability: '#3fc79a',
      auxiliary: '#f0b64a',
      centre: '#e6edf4',
      normal: '#9fb9d8',
      urgent: '#ffb454',
      critical: '#ff6b61',
      dwelling: '#d8c3a5',
      office: '#dbe6f0',
      officeText: '#0d1217',
      gap: '#ff8a4c',
    },
  },
};

/** `#rrggbb` as bytes. */
export function rgb(colour: string): [number, number, number] {
  const n = Number.parseInt(colour.slice(1), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}
