import { useLingui } from '@lingui/react/macro';
import { type ReactElement, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import css from './Paged.module.css';

/** How long a page stands: long enough to be read from afar. */
const TURN_MS = 20_000;

/**
 * Rows for a screen that nobody scrolls: as many as fit, and the next ones in turn, without any motion. A page stays
 * while the pointer or the focus is on it. `row`: height of a row in rem.
 */
export function Paged({
  heading,
  row,
  rows,
}: {
  /** What stands above the rows, given where one is in them, e.g. 1–8 / 24, or null where all are there. */
  heading: (at: string | null) => ReactNode;
  row: number;
  rows: readonly ReactElement[];
}) {
  const { t } = useLingui();
  const box = useRef<HTMLUListElement>(null);
  const [fits, setFits] = useState(0);
  const [page, setPage] = useState(0);
  const held = useRef(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setFits(Math.floor(element.clientHeight / (row * rem) + 0.01));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [row]);
  const pages = fits === 0 ? 1 : Math.max(1, Math.ceil(rows.length / fits));
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
      <ul ref={box} className={css.rows} style={{ gridAutoRows: `${row}rem` }}>
        {shown}
      </ul>
    </div>
  );
}
