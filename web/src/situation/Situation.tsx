import { useLingui } from '@lingui/react/macro';
import { createTheme, type MantineColorsTuple, MantineProvider } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CountyAnswer } from '@wangge/api/county/schema';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { filterKey, type IncidentFilter, pickRows } from '@wangge/geodata/incidents/filter';
import { LEAST_SHOWN } from '@wangge/geodata/incidents/suppress';
import { rowsWithin } from '@wangge/geodata/incidents/within';
import { lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import { countyQuery } from '../county/queries.ts';
import { type AreaNode, areaRef } from '../divisions/areas.ts';
import { suppressTree } from '../divisions/suppressed.ts';
import { useLiveLink } from '../live/page.ts';
import { activate, preferredLanguage } from '../locales/language.ts';
import { formatsFor } from '../ui/format.ts';
import { ApiError } from '../ui/request.ts';
import { type Comparison, comparedWindow } from './comparison.ts';
import { DeskPage } from './DeskPage.tsx';
import { DeskContext } from './desk.ts';
import { daysOf, heldFrom, monthOf, sameWindow } from './period.ts';
import { forVisitors } from './reception.ts';
import { useView } from './route.tsx';
import { useTheme } from './scheme.ts';
import { Failed, Loading, NoCounty } from './states.tsx';
import { useCompared } from './useCompared.ts';
import { type Shown, useFigures } from './useFigures.ts';
import { useFilterWords } from './useFilterWords.ts';
import { useScale } from './useScale.ts';
import { type Time, useArrivals, useTime } from './useTime.ts';
import { periodWordsOf, useWords } from './words.ts';

const WallPage = lazy(() => import('./WallPage.tsx'));

/** The accent of theme.css, light to dark. */
const ACCENT: MantineColorsTuple = [
  '#e3eef9',
  '#cfe1f4',
  '#a6c8ea',
  '#79aedf',
  '#4d93d2',
  '#2f7fc4',
  '#1463ad',
  '#10549a',
  '#1463ad',
  '#0a3a6d',
];
const theme = createTheme({
  fontFamily: 'var(--font)',
  colors: { accent: ACCENT },
  primaryColor: 'accent',
  defaultRadius: 'sm',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  respectReducedMotion: true,
});

/** The situation desk 态势: one room that composes every noun. */
export function Situation() {
  const { view } = useView();
  const { scheme } = useTheme(view.theme);
  const { lang } = view;
  useEffect(() => {
    void activate(preferredLanguage(lang));
  }, [lang]);
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      <CountyGate />
    </MantineProvider>
  );
}

function CountyGate() {
  const county = useQuery(countyQuery);
  if (county.data) return <Desk county={county.data} />;
  const error = county.error ?? county.failureReason;
  if (error instanceof ApiError && error.kind === 'no-county') return <NoCounty />;
  if (county.isPending && (county.failureCount === 0 || (error instanceof ApiError && error.kind === 'starting')))
    return <Loading />;
  return <Failed error={error} retry={() => void county.refetch()} />;
}

function Desk({ county }: { county: CountyAnswer }) {
  const { view: asked, go } = useView();
  const { i18n } = useLingui();
  const words = useWords();
  const filterWords = useFilterWords(county);
  const timeZone = county.time_zone;
  const formats = formatsFor(i18n.locale, timeZone);
  const filter = useFilter(asked.filter, county);
  const view = useMemo(() => forVisitors({ ...asked, filter }), [asked, filter]);
  const time = useTime(view, go, timeZone);
  const { now } = time;
  useLiveLink();
  const {
    shown: counted,
    error,
    retry,
  } = useFigures(county.code, timeZone, {
    window: time.window,
    settled: time.settled,
    filter,
    heldFrom: Math.min(heldFrom(now, timeZone), monthOf(earliestOf(time, view.compare, timeZone), timeZone)),
    now,
  });
  const shown = useMemo(
    () => (counted && view.reception ? { ...counted, tree: suppressTree(counted.tree) } : counted),
    [counted, view.reception],
  );
  const { values, classes } = useScale(shown, view.measure, time, view.reception);
  const compared = useCompared(view.compare, shown, now, timeZone, view.reception);
  const arrivals = useArrivals(time.live, shown?.held ?? null);
  const node = shown && ((view.area === null ? null : shown.tree.byCode.get(view.area)) ?? shown.tree.root);
  const rows = useRowsIn(shown, node);
  const window = shown?.window ?? time.window;
  const days = useMemo(() => daysOf(window, timeZone), [window, timeZone]);
  if (shown === null || node === null) {
    return error ? <Failed error={error} retry={retry} /> : <Loading name={county.name} />;
  }
  const { tree } = shown;
  // Figures never stand under the name of a window that is not theirs.
  const period = sameWindow(window, time.settled) ? view.period : 'custom';
  return (
    <DeskContext
      value={{
        view,
        go,
        open: (code) => go({ area: code === tree.root.code ? null : code, camera: null }),
        county,
        overview: shown.overview,
        tree,
        node,
        // Villages and grids may still be on their way.
        astray: view.area !== null && view.area !== node.code && tree.grids.length > 0,
        window,
        days,
        periodWords: periodWordsOf(words, period, window, formats, timeZone, now),
        filter: shown.filter,
        filterWords: filterWords(shown.filter),
        held: shown.held,
        countyRows: shown.rows,
        rows,
        places: shown.places,
        live: time.live,
        // A count of one or two is a small count too.
        arrivals: view.reception && arrivals < LEAST_SHOWN ? 0 : arrivals,
        time,
        compared,
        formats,
        values,
        classes,
        waiting: shown.waiting,
        stale: shown.stale,
      }}
    >
      {view.view === 'wall' ? (
        <Suspense fallback={<Loading name={county.name} />}>
          <WallPage retry={retry} />
        </Suspense>
      ) : (
        <DeskPage retry={retry} />
      )}
    </DeskContext>
  );
}

/**
 * The filter without categories that the county's dictionary lacks. The same object while it lets the same pass, so that
 * nothing is counted anew for another camera.
 */
function useFilter(asked: IncidentFilter, { categories: known }: CountyAnswer): IncidentFilter {
  const named = asked.categories?.filter((code) => known.some((category) => category.code === code)) ?? [];
  const filter = { ...asked, categories: named.length === 0 ? null : named };
  const kept = useRef(filter);
  if (filterKey(kept.current) !== filterKey(filter)) kept.current = filter;
  return kept.current;
}

/** The second from which the window, and what it is compared with, are to be held. */
function earliestOf({ settled, now }: Time, by: Comparison | null, timeZone: string): number {
  return by === null ? settled.from : Math.min(settled.from, comparedWindow(settled, by, now, timeZone).from);
}

/** The shown incidents that lie in an area; null where they are not held. */
function useRowsIn(shown: Shown | null, area: AreaNode | null): IncidentColumns | null {
  const rows = shown?.rows ?? null;
  const places = shown?.places ?? null;
  const code = area?.code;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an area is what its code says, whatever its figures
  return useMemo(() => {
    if (rows === null || places === null || area === null) return null;
    return pickRows(rows, rowsWithin(rows, places, areaRef(area, places)));
  }, [rows, places, code]);
}
