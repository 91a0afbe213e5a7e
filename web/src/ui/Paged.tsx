import { useLingui } from '@lingui/react/macro';
import { type ReactElement, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import css from './Paged.module.css';

/** How long a page stands: long enough to be read from afar. */
const TURN_MS = 20_000;
/** How much closer than they should rows may stand. */
const CLOSEST = 0.8;

/**
 * Rows for a screen that nobody scrolls: as many as fit, and the next ones in turn, without any motion. A page stays
 * while the pointer or the focus is on it. `row`: height of a row in rem.
 */
export function Paged({
  heading,
  row,
  rows,
  turning = true,
}: {
  /** What stands above the rows, given where one is in them, e.g. 1–8 / 24, or null where all are there. */
  heading: (at: string | null) => ReactNode;
  row: number;
  /** False: what does not fit is left out. */
  turning?: boolean;
  rows: readonly ReactElement[];
}) {
  const { t } = useLingui();
  const box = useRef<HTMLUListElement>(null);
  /** Height of the box in rem; 0 before it is measured. */
  const [room, setRoom] = useState(0);
  const [page, setPage] = useState(0);
  const held = useRef(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setRoom(element.clientHeight / rem);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // A page for a last row or two would be waiting for nothing: then all rows stand a little closer.
  const close = rows.length > 0 && room / rows.length >= row * CLOSEST;
  const most = close ? rows.length : Math.max(1, Math.floor(room / row + 0.01));
  const pages = room === 0 || !turning ? 1 : Math.max(1, Math.ceil(rows.length / most));
  const fits = room === 0 ? 0 : turning ? Math.ceil(rows.length / pages) : Math.min(rows.length, most);
  const height = Math.min(row, room / Math.max(1, fits));
  useEffect(() => {
    if (pages === 1) return;
    const timer = setInterval(() => {
      if (!held.current) setPage((now) => now + 1);
    }, TURN_MS);
    return () => clearInterval(timer);
  }, [pages]);
  const first = (page % pages) * fits;
  const shown = rows.slice(first, first + fits);
  const hold = (on: boolean) => () => {
    held.current = on;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: these are no form fields
    <div
      role="group"
      className={css.paged}
      onPointerEnter={hold(true)}
      onPointerLeave={hold(false)}
      onFocus={hold(true)}
      onBlur={hold(false)}
    >
      {heading(pages === 1 ? null : t`${first + 1}–${first + shown.length} / ${rows.length}`)}
      <ul ref={box} className={css.rows} style={{ gridAutoRows: `${height}rem` }}>
        {shown}
      </ul>
    </div>
  );
}
