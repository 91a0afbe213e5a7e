import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { useEffect, useRef, useState } from 'react';
import { type Away, awaySince, keepLook, keptLook, lookAt } from './look.ts';
import { live } from './page.ts';

/** A look is kept so often while the page is seen; a browser that is killed loses no more than this. */
const KEEP_EVERY_MS = 30_000;

/** What changed, with the columns to which its rows belong. */
export interface AwayNow extends Away {
  readonly columns: IncidentColumns;
}

/**
 * What changed since somebody last looked in this browser; null where nothing is to be told. Asked once when the page is
 * opened or seen again, as soon as nothing is missing any more.
 *
 * @param areaOf code of the area under which a row of the columns is told
 */
export function useAway(
  columns: IncidentColumns | null,
  county: string,
  areaOf: (row: number) => string | null,
): { away: AwayNow | null; dismiss: () => void } {
  const [away, setAway] = useState<AwayNow | null>(null);
  const latest = useRef({ columns, county, areaOf });
  latest.current = { columns, county, areaOf };
  useEffect(() => {
    // Until the question is answered, the old look stays: a page that was only glimpsed has shown nothing.
    let asked = false;
    const isUpToDate = () => live.link.phase === 'live' || live.link.phase === 'crowded';
    const keep = () => {
      const { columns, county } = latest.current;
      if (asked && columns !== null) keepLook(localStorage, lookAt(columns, county, Date.now()));
    };
    const ask = () => {
      const { columns, county, areaOf } = latest.current;
      if (asked || columns === null || document.visibilityState !== 'visible' || !isUpToDate()) return;
      asked = true;
      const look = keptLook(localStorage);
      const found = look && awaySince(look, columns, county, areaOf, Date.now());
      if (found) setAway({ ...found, columns });
      keep();
    };
    const see = () => {
      if (document.visibilityState === 'visible') return;
      keep();
      asked = false;
    };
    // After the columns, which follow the link by a frame.
    const leave = live.watch(() => setTimeout(ask, 500));
    const first = setTimeout(ask, 1000);
    const timer = setInterval(() => {
      ask();
      if (document.visibilityState === 'visible' && isUpToDate()) keep();
    }, KEEP_EVERY_MS);
    document.addEventListener('visibilitychange', see);
    window.addEventListener('pagehide', keep);
    return () => {
      leave();
      clearTimeout(first);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', see);
      window.removeEventListener('pagehide', keep);
    };
  }, []);
  return { away, dismiss: () => setAway(null) };
}
