/**
 * The address is the state: what one sees can be sent to a colleague, bookmarked, and walked back and forth. Flat,
 * readable, defaults left out; a value that is not understood falls back to its default.
 */
import type { Camera } from '../map/contract.ts';
import { DEFAULT_LAYERS, LAYERS, type Layer } from './layer.ts';
import { MEASURES, type Measure } from './measure.ts';
import { type Days, isDay, PERIODS, type Period } from './period.ts';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface ViewState {
  /** Code of a division or grid; null is the whole county. */
  readonly area: string | null;
  readonly period: Period;
  /** Days of the period `custom`; null otherwise. */
  readonly days: Days | null;
  readonly measure: Measure;
  readonly layers: readonly Layer[];
  /**
   * The class of the measure whose grids are picked out and listed: the lower end of a class as it stands in the
   * legend, `none` for its no data, or a coverage class.
   */
  readonly pick: string | null;
  /** Null: the map shows the selected area whole. */
  readonly camera: Camera | null;
  readonly view: 'map' | 'table';
  /** Null: what the reader chose last, else what the browser prefers. */
  readonly lang: Language | null;
  readonly theme: Theme | null;
}

/** What stands in the address; every value is text. */
export type Search = Partial<
  Record<
    'area' | 'period' | 'from' | 'to' | 'measure' | 'layers' | 'pick' | 'camera' | 'view' | 'lang' | 'theme',
    string
  >
>;

export const DEFAULT_VIEW: ViewState = {
  area: null,
  period: '30d',
  days: null,
  measure: 'reports',
  layers: DEFAULT_LAYERS,
  pick: null,
  camera: null,
  view: 'map',
  lang: null,
  theme: null,
};

const oneOf = <T extends string>(values: readonly T[], text: string | undefined): T | null =>
  values.find((value) => value === text) ?? null;

const isName = (text: string | undefined): text is string => text !== undefined && /^[\w.:-]{1,64}$/.test(text);

function parseCamera(text: string | undefined): Camera | null {
  const parts = text?.split(',').map(Number);
  if (parts?.length !== 3) return null;
  const [lon, lat, zoom] = parts as [number, number, number];
  const inside = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 24;
  return inside ? { lon, lat, zoom } : null;
}

export function parseView(search: Search): ViewState {
  const period = oneOf(PERIODS, search.period) ?? DEFAULT_VIEW.period;
  const { from, to } = search;
  const days = from && to && isDay(from) && isDay(to) && from <= to ? { from, to } : null;
  const custom = period === 'custom' && days !== null;
  const layers = search.layers?.split(',');
  return {
    area: isName(search.area) ? search.area : null,
    // Free days without days are the default period.
    period: period === 'custom' && !custom ? DEFAULT_VIEW.period : period,
    days: custom ? days : null,
    measure: oneOf(MEASURES, search.measure) ?? DEFAULT_VIEW.measure,
    layers: layers === undefined ? DEFAULT_LAYERS : LAYERS.filter((layer) => layers.includes(layer)),
    pick: isName(search.pick) ? search.pick : null,
    camera: parseCamera(search.camera),
    view: search.view === 'table' ? 'table' : 'map',
    lang: oneOf(LANGUAGES, search.lang),
    theme: oneOf(THEMES, search.theme),
  };
}

/** The inverse of `parseView`, without what equals the default. */
export function searchOf(view: ViewState): Search {
  const search: Search = {};
  if (view.area !== null) search.area = view.area;
  if (view.period !== DEFAULT_VIEW.period) search.period = view.period;
  if (view.period === 'custom' && view.days) {
    search.from = view.days.from;
    search.to = view.days.to;
  }
  if (view.measure !== DEFAULT_VIEW.measure) search.measure = view.measure;
  const layers = LAYERS.filter((layer) => view.layers.includes(layer)).join(',');
  // `none` keeps "no layer at all" apart from "not said".
  if (layers !== DEFAULT_LAYERS.join(',')) search.layers = layers === '' ? 'none' : layers;
  if (view.pick !== null) search.pick = view.pick;
  if (view.camera) {
    const { lon, lat, zoom } = view.camera;
    search.camera = [lon.toFixed(4), lat.toFixed(4), zoom.toFixed(2)].map(Number).join(',');
  }
  if (view.view !== DEFAULT_VIEW.view) search.view = view.view;
  if (view.lang !== null) search.lang = view.lang;
  if (view.theme !== null) search.theme = view.theme;
  return search;
}

/** Commas and colons stay readable: `layers=fill,labels`, not `fill%2Clabels`. */
export function stringifySearch(search: Record<string, unknown>): string {
  const text = Object.entries(search)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':')}`)
    .join('&');
  return text === '' ? '' : `?${text}`;
}

/** Plain text values; the router's own parser would turn a code into a number and lose digits beyond 2^53. */
export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}
