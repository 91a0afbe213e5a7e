import { useLingui } from '@lingui/react/macro';
import { createTheme, type MantineColorsTuple, MantineProvider } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CountyAnswer } from '@wangge/api/county/schema';
import { useEffect, useMemo, useState } from 'react';
import { countyQuery } from '../county/queries.ts';
import { activate, preferredLanguage } from '../locales/language.ts';
import { formatsFor } from '../ui/format.ts';
import { ApiError } from '../ui/request.ts';
import { DeskPage } from './DeskPage.tsx';
import { DeskContext } from './desk.ts';
import { dayOf, daysOf, daysWithin } from './period.ts';
import { useView } from './route.tsx';
import { useTheme } from './scheme.ts';
import { Failed, Loading, NoCounty } from './states.tsx';
import { useShades } from './useShades.ts';
import { useTree } from './useTree.ts';
import { periodWordsOf, useWords } from './words.ts';

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
  const { view, go } = useView();
  const { i18n } = useLingui();
  const words = useWords();
  const formats = formatsFor(i18n.locale, county.time_zone);
  const today = useToday(county.time_zone);
  const asked = useMemo(() => daysOf(view.period, today, view.days), [view.period, view.days, today]);
  const { tree, overview, error, waiting, stale, retry } = useTree(county.code, asked);
  // Figures never stand under the name of a period that is not theirs.
  const window = overview?.window;
  const days = useMemo(() => window && daysWithin(window, county.time_zone), [window, county.time_zone]);
  const { values, classes } = useShades(tree, view.measure);
  if (tree === null || overview === null || days === undefined) {
    return error ? <Failed error={error} retry={retry} /> : <Loading name={county.name} />;
  }
  const own = days.from === asked.from && days.to === asked.to;
  const found = view.area === null ? tree.root : tree.byCode.get(view.area);
  const node = found ?? tree.root;
  return (
    <DeskContext
      value={{
        view,
        go,
        open: (code) => go({ area: code === tree.root.code ? null : code, camera: null }),
        county,
        overview,
        tree,
        node,
        // Villages and grids may still be on their way.
        astray: found === undefined && tree.grids.length > 0,
        days,
        periodWords: periodWordsOf(words, own ? view.period : 'custom', days, formats),
        formats,
        values,
        classes,
        waiting,
        stale,
      }}
    >
      <DeskPage retry={retry} />
    </DeskContext>
  );
}

/** The county's day; it changes at the county's midnight. */
function useToday(timeZone: string): string {
  const [today, setToday] = useState(() => dayOf(new Date(), timeZone));
  useEffect(() => {
    const timer = setInterval(() => setToday(dayOf(new Date(), timeZone)), 30_000);
    return () => clearInterval(timer);
  }, [timeZone]);
  return today;
}
