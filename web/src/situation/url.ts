/**
 * The address is the state: what one sees can be sent to a colleague, bookmarked, and walked back and forth. Flat,
 * readable, defaults left out; a value that is not understood falls back to its default.
 */
import { type IncidentFilter, NO_FILTER } from '@wangge/geodata/incidents/filter';
import { KINDS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';
import type { Camera } from '../map/contract.ts';
import { addDays, isDay, isHour, type LocalHour } from './clock.ts';
import { COMPARISONS, type Comparison } from './comparison.ts';
import { DEFAULT_LAYERS, LAYERS, type Layer } from './layer.ts';
import { MEASURES, type Measure } from './measure.ts';
import { PERIODS, type Period, type Span } from './period.ts';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface ViewState {
  /** Code of a division or grid; null is the whole county. */
  readonly area: string | null;
  readonly period: Period;
  /** Hours of the period `custom`; null otherwise. */
  readonly span: Span | null;
  /** With what the figures are compared; null is with nothing. */
  readonly compare: Comparison | null;
  /** Which incidents count. */
  readonly filter: IncidentFilter;
  readonly measure: Measure;
  readonly layers: readonly Layer[];
  /**
   * The class of the measure whose grids are picked out and listed: the lower end of a class as it stands in the
   * legend, `none` for its no data, or a coverage class.
   */
  readonly pick: string | null;
  /** Null: the map shows the selected area whole. */
  readonly camera: Camera | null;
  readonly view: 'map' | 'table' | 'list' | 'wall';
  /** Id of the incident whose page is open. */
  readonly incident: number | null;
  /** The list shows incidents with a greater id alone: those that came in since then. */
  readonly since: number | null;
  /** 接待模式: for visitors' eyes; single reports are hidden and small counts withheld. */
  readonly reception: boolean;
  /** Null: what the reader chose last, else what the browser prefers. */
  readonly lang: Language | null;
  readonly theme: Theme | null;
}

/** What stands in the address; every value is text. */
export type Search = Partial<
  Record<
    | 'area'
    | 'period'
    | 'from'
    | 'to'
    | 'compare'
    | 'kind'
    | 'category'
    | 'urgency'
    | 'state'
    | 'open'
    | 'measure'
    | 'layers'
    | 'pick'
    | 'camera'
    | 'view'
    | 'incident'
    | 'since'
    | 'reception'
    | 'lang'
    | 'theme',
    string
  >
>;

export const DEFAULT_VIEW: ViewState = {
  area: null,
  period: '30d',
  span: null,
  compare: null,
  filter: NO_FILTER,
  measure: 'reports',
  layers: DEFAULT_LAYERS,
  pick: null,
  camera: null,
  view: 'map',
  incident: null,
  since: null,
  reception: false,
  lang: null,
  theme: null,
};

const oneOf = <T extends string>(values: readonly T[], text: string | undefined): T | null =>
  values.find((value) => value === text) ?? null;

const isName = (text: string | undefined): text is string => text !== undefined && /^[\w.:-]{1,64}$/.test(text);

/** Ids are whole numbers from 1; `0` stands for before all of them. */
function parseId(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null;
}

function parseCamera(text: string | undefined): Camera | null {
  const parts = text?.split(',').map(Number);
  if (parts?.length !== 3) return null;
  const [lon, lat, zoom] = parts as [number, number, number];
  const inside = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 24;
  return inside ? { lon, lat, zoom } : null;
}

/** `from` and `to` of an address: an hour, or a day that is meant whole. */
function parseSpan(from: string | undefined, to: string | undefined): Span | null {
  const hour = (text: string | undefined, daysOn: number): LocalHour | null => {
    if (text === undefined) return null;
    if (isDay(text)) return `${addDays(text, daysOn)}T00`;
    return isHour(text) ? text : null;
  };
  const [start, end] = [hour(from, 0), hour(to, 1)];
  return start !== null && end !== null && start < end ? { from: start, to: end } : null;
}

/** Days where the span is of whole days, else hours. */
function printedSpan({ from, to }: Span): { from: string; to: string } {
  if (!from.endsWith('T00') || !to.endsWith('T00')) return { from, to };
  return { from: from.slice(0, 10), to: addDays(to.slice(0, 10), -1) };
}

/** Known words alone, in the order of the dictionary; null where none is named, for a field that is not filtered. */
function parseWords<T extends string>(text: string | undefined, known: readonly T[]): readonly T[] | null {
  const named = text?.split(',') ?? [];
  const words = known.filter((word) => named.includes(word));
  return words.length === 0 ? null : words;
}

function parseFilter({ kind, category, urgency, state, open }: Search): IncidentFilter {
  // The county's dictionary is not known here; a code that it does not hold is dropped where it is.
  const categories = [...new Set(category?.split(',').filter(isName))].sort();
  return {
    kinds: parseWords(kind, KINDS),
    categories: categories.length === 0 ? null : categories,
    urgencies: parseWords(urgency, URGENCIES),
    states: parseWords(state, STATES),
    open: open === 'true' ? true : open === 'false' ? false : null,
  };
}

export function parseView(search: Search): ViewState {
  const span = parseSpan(search.from, search.to);
  // Hours without a period's name are free hours.
  const period = oneOf(PERIODS, search.period) ?? (span === null ? DEFAULT_VIEW.period : 'custom');
  const custom = period === 'custom' && span !== null;
  const layers = search.layers?.split(',');
  return {
    area: isName(search.area) ? search.area : null,
    // Free hours without hours are the default period.
    period: period === 'custom' && !custom ? DEFAULT_VIEW.period : period,
    span: custom ? span : null,
    compare: oneOf(COMPARISONS, search.compare),
    filter: parseFilter(search),
    measure: oneOf(MEASURES, search.measure) ?? DEFAULT_VIEW.measure,
    layers: layers === undefined ? DEFAULT_LAYERS : LAYERS.filter((layer) => layers.includes(layer)),
    pick: isName(search.pick) ? search.pick : null,
    camera: parseCamera(search.camera),
    view: oneOf(['table', 'list', 'wall'] as const, search.view) ?? 'map',
    incident: parseId(search.incident),
    since: parseId(search.since),
    reception: search.reception === '1',
    lang: oneOf(LANGUAGES, search.lang),
    theme: oneOf(THEMES, search.theme),
  };
}

/** The inverse of `parseView`, without what equals the default. */
export function searchOf(view: ViewState): Search {
  const search: Search = {};
  if (view.area !== null) search.area = view.area;
  if (view.period === 'custom' && view.span) Object.assign(search, printedSpan(view.span));
  else if (view.period !== DEFAULT_VIEW.period && view.period !== 'custom') search.period = view.period;
  if (view.compare !== null) search.compare = view.compare;
  const { kinds, categories, urgencies, states, open } = view.filter;
  if (kinds !== null) search.kind = kinds.join(',');
  if (categories !== null) search.category = categories.join(',');
  if (urgencies !== null) search.urgency = urgencies.join(',');
  if (states !== null) search.state = states.join(',');
  if (open !== null) search.open = String(open);
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
  if (view.since !== null) search.since = String(view.since);
  if (view.incident !== null) search.incident = String(view.incident);
  if (view.reception) search.reception = '1';
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
