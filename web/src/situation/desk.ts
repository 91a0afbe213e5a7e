/** What every panel of the desk shares: the county, the selected area, the window, and the way to change them. */
import type { CountyAnswer, OverviewAnswer } from '@wangge/api/county/schema';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import type { IncidentFilter } from '@wangge/geodata/incidents/filter';
import { createContext, useContext } from 'react';
import type { AreaNode, AreaTree, TreePlaces } from '../divisions/areas.ts';
import type { Held } from '../incidents/held.ts';
import type { Formats } from '../ui/format.ts';
import type { ValueClass } from './classes.ts';
import type { Days, Window } from './period.ts';
import type { ViewState } from './url.ts';
import type { Compared } from './useCompared.ts';
import type { Time } from './useTime.ts';

export interface Desk {
  /** What the address asks for; `window` and `filter` are what the figures that are shown stand for. */
  readonly view: ViewState;
  /** A new entry in the history, unless it only refines what is seen (`replace`). */
  readonly go: (patch: Partial<ViewState>, options?: { replace?: boolean }) => void;
  /** Selects an area; the map follows. */
  readonly open: (code: string) => void;
  readonly county: CountyAnswer;
  /** The server's answer by township: time of data, staff, and what is known only for the whole. */
  readonly overview: OverviewAnswer;
  readonly tree: AreaTree;
  readonly node: AreaNode;
  /** True where the address names an area that the county does not have. */
  readonly astray: boolean;
  /** The window of the figures that are shown; while others are on their way, or do not come, still the earlier one. */
  readonly window: Window;
  /** The days on which it lies. */
  readonly days: Days;
  /** The same in words, e.g. 近30天. */
  readonly periodWords: string;
  /** The filter of the figures that are shown. */
  readonly filter: IncidentFilter;
  /** The same in words; empty where everything passes. */
  readonly filterWords: string;
  /** The window as it is asked for and moved, and playback. */
  readonly time: Time;
  /** What the figures are compared with; null is with nothing. */
  readonly compared: Compared | null;
  /** What the page holds; null before it is there. */
  readonly held: Held | null;
  /** The held incidents of window and filter over the whole county; null where they are not held. */
  readonly countyRows: IncidentColumns | null;
  /** Those of them in the selected area. */
  readonly rows: IncidentColumns | null;
  /** The areas for `rowsWithin` and `tally`; null until the grids are there. */
  readonly places: TreePlaces | null;
  /** The window holds this moment, and nothing is played back: what comes in is seen at once. */
  readonly live: boolean;
  /** How many incidents have come in since one left the present. */
  readonly arrivals: number;
  readonly formats: Formats;
  /** Measure of each grid by code; null is no data. */
  readonly values: ReadonlyMap<string, number | null>;
  /** Classes of the measure; empty for coverage. */
  readonly classes: readonly ValueClass[];
  /** Other figures are on their way. */
  readonly waiting: boolean;
  /** The last attempt to renew the figures failed. */
  readonly stale: boolean;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk needs a DeskContext above it.');
  return desk;
}
