/** What every panel of the desk shares: the county, the selected area, the period, and the way to change them. */
import type { CountyAnswer, OverviewAnswer } from '@wangge/api/county/schema';
import { createContext, useContext } from 'react';
import type { AreaNode, AreaTree } from '../divisions/areas.ts';
import type { Formats } from '../ui/format.ts';
import type { ValueClass } from './classes.ts';
import type { Days } from './period.ts';
import type { ViewState } from './url.ts';

export interface Desk {
  readonly view: ViewState;
  /** A new entry in the history, unless it only refines what is seen (`replace`). */
  readonly go: (patch: Partial<ViewState>, options?: { replace?: boolean }) => void;
  /** Selects an area; the map follows. */
  readonly open: (code: string) => void;
  readonly county: CountyAnswer;
  /** The answer by township: time of data and what is known only for the whole. */
  readonly overview: OverviewAnswer;
  readonly tree: AreaTree;
  readonly node: AreaNode;
  /** True where the address names an area that the county does not have. */
  readonly astray: boolean;
  /** The days of the figures that are shown; while others are on their way, or do not come, still the earlier ones. */
  readonly days: Days;
  /** The same in words, e.g. 近30天. */
  readonly periodWords: string;
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
