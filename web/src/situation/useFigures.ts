/**
 * The figures of a window and a filter. The server's overview answers first, so that the page stands before the columns
 * are there; from then on they are counted here, from what the page holds, and only the staff comes from the server.
 */
import { useQuery } from '@tanstack/react-query';
import type { OverviewAnswer } from '@wangge/api/county/schema';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { type IncidentFilter, isUnfiltered, NO_FILTER } from '@wangge/geodata/incidents/filter';
import { useMemo, useRef } from 'react';
import { type AreaTree, placesOf, type TreePlaces } from '../divisions/areas.ts';
import { gridsQuery } from '../grids/queries.ts';
import type { Held } from '../incidents/held.ts';
import { useHeld } from '../incidents/useHeld.ts';
import { addDays, dayOf, startOfDay } from './clock.ts';
import { rowsAt, treeOf } from './counted.ts';
import { sameWindow, type Window } from './period.ts';
import { useTree } from './useTree.ts';

/** Figures that belong together: of one window and one filter. */
export interface Figures {
  readonly tree: AreaTree;
  readonly window: Window;
  readonly filter: IncidentFilter;
  /** The incidents that they count; null where the server has counted. */
  readonly rows: IncidentColumns | null;
}

export interface Shown extends Figures {
  readonly overview: OverviewAnswer;
  /** The areas with the server's figures: what incidents are counted into. */
  readonly base: AreaTree;
  readonly held: Held | null;
  /** For `rowsWithin`; null until the grids are there. */
  readonly places: TreePlaces | null;
  readonly waiting: boolean;
  readonly stale: boolean;
}

export interface Question {
  /** The window as it is seen now, also while it is being moved. */
  readonly window: Window;
  /** The window once it rests: the server is asked for its staff. */
  readonly settled: Window;
  readonly filter: IncidentFilter;
  /** Second from which incidents are to be held. */
  readonly heldFrom: number;
  /** Seconds since 1970, to the minute. */
  readonly now: number;
}

export function useFigures(
  county: string,
  timeZone: string,
  { window, settled, filter, heldFrom, now }: Question,
): { shown: Shown | null; error: Error | null; retry: () => void } {
  const base = useRef<{ window: Window; covered: boolean } | null>(null);
  const staffDay = (of: Window) => dayOf(Math.min(of.to - 1, now), timeZone);
  const reach = useRef(Number.POSITIVE_INFINITY);
  const covered = reach.current <= settled.from;
  if (base.current === null || !covered) base.current = { window: settled, covered };
  else if (staffDay(base.current.window) !== staffDay(settled)) {
    const day = staffDay(settled);
    // Incidents are counted here: the server is asked for the staff of the last day alone.
    base.current = {
      window: { from: startOfDay(day, timeZone), to: startOfDay(addDays(day, 1), timeZone) },
      covered,
    };
  }
  const answers = useTree(county, base.current.window);
  const { data: grids } = useQuery(gridsQuery);
  const places = useMemo(
    () => (answers.tree && grids ? placesOf(answers.tree, new Map(grids.features.map(idOf))) : null),
    [answers.tree, grids],
  );
  const whole = places !== null && places.grids.length > 0;
  const { held, failed, retry } = useHeld(heldFrom, whole, answers.overview?.as_of ?? null);
  reach.current = held?.from ?? Number.POSITIVE_INFINITY;

  const counted = useMemo((): Figures | null => {
    if (held === null || held.from > window.from || answers.tree === null || places === null || !whole) return null;
    const rows = rowsAt(held, window, filter);
    return { tree: treeOf(rows, answers.tree, places), window, filter, rows };
  }, [held, window, filter, answers.tree, places, whole]);
  const answered = useMemo((): Figures | null => {
    if (answers.tree === null || answers.overview === null) return null;
    const { from, to } = answers.overview.window;
    const of = { from: Date.parse(from) / 1000, to: Date.parse(to) / 1000 };
    return { tree: answers.tree, window: of, filter: NO_FILTER, rows: null };
  }, [answers.tree, answers.overview]);

  const meant = answered !== null && sameWindow(answered.window, window) && isUnfiltered(filter) ? answered : null;
  const last = useRef<Figures | null>(null);
  last.current = counted ?? meant ?? last.current;
  const figures = last.current ?? answered;
  const shown: Shown | null =
    figures && answers.overview && answers.tree
      ? {
          ...figures,
          overview: answers.overview,
          base: answers.tree,
          held,
          places,
          waiting: counted === null && (meant === null || answers.waiting),
          stale: answers.stale || failed,
        }
      : null;
  return {
    shown,
    error: answers.error,
    retry: () => {
      answers.retry();
      retry();
    },
  };
}

const idOf = ({ properties: { id, code } }: { readonly properties: { readonly id: number; readonly code: string } }) =>
  [code, id] as const;
