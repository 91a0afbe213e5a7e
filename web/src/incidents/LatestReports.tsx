import { Trans, useLingui } from '@lingui/react/macro';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { useEffect, useRef, useState } from 'react';
import { nameOf } from '../divisions/areas.ts';
import { useDesk } from '../situation/desk.ts';
import { useExports } from '../situation/useExports.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Section } from '../ui/Section.tsx';
import css from './LatestReports.module.css';
import { latestRows, lineOf } from './latest.ts';
import { useAreaOf } from './place.ts';
import { ReportList } from './ReportList.tsx';
import { reportsSentence } from './sentence.ts';
import { useTold } from './useTold.ts';

const SHOWN = 8;

/**
 * The newest reports of an area in the period, each with its grid. While the list is being read it stands still, and
 * says how many have come in.
 */
export function LatestReports() {
  const { rows } = useDesk();
  return rows && rows.length > 0 ? <Latest columns={rows} /> : null;
}

function Latest({ columns }: { columns: IncidentColumns }) {
  const { t } = useLingui();
  const { node, open, go, formats } = useDesk();
  const { telling, cite } = useExports();
  const told = useTold(columns);
  const areaOf = useAreaOf(columns);
  const box = useRef<HTMLDivElement>(null);
  const reading = useReading(box);
  const top = columns.id[columns.length - 1]!;
  // The newest line when the reading began.
  const [held, setHeld] = useState<number | null>(null);
  const first = useRef(top);
  const now = useRef(top);
  now.current = top;
  useEffect(() => setHeld(reading ? now.current : null), [reading]);
  const behind = held === null ? 0 : columns.length - 1 - columns.id.lastIndexOf(held);
  // Another area or window: nothing of what was read is here.
  const unseen = behind >= columns.length ? 0 : behind;
  const known = columns.id.lastIndexOf(first.current);
  const place = (row: number) => {
    const area = areaOf(row);
    if (!area) return t`地点不详`;
    return (
      <button type="button" onClick={() => open(area.code)}>
        {nameOf(area, formats.lang)}
      </button>
    );
  };
  const lines = latestRows(columns, SHOWN + unseen)
    .slice(unseen)
    .map((row) => ({ ...lineOf(columns, row), place: place(row), isNew: known >= 0 && row > known }));
  return (
    <div ref={box} data-latest>
      <Section
        title={t`最新上报`}
        note={
          <>
            {unseen > 0 && (
              <button type="button" className={css.unseen} onClick={() => setHeld(top)}>
                <Trans>+{unseen} 新</Trans>
              </button>
            )}
            <button type="button" className={css.all} onClick={() => go({ view: 'list' })}>
              <Trans>以列表查看 {formats.count(columns.length)} 件</Trans>
            </button>
          </>
        }
        actions={
          <CopyText
            of={t`最新上报`}
            text={() => {
              const newest = latestRows(columns, SHOWN).map(told);
              return cite(reportsSentence(telling, node, newest, columns.length), 'incidents');
            }}
          />
        }
      >
        <ReportList lines={lines} />
      </Section>
    </div>
  );
}

/** Whether somebody is in the midst of it: the pointer or the focus lies inside, or the panel is scrolled to it. */
function useReading(box: { readonly current: HTMLElement | null }): boolean {
  const [reading, setReading] = useState(false);
  useEffect(() => {
    const element = box.current;
    const scroller = element?.closest('aside');
    if (!element || !scroller) return;
    const judge = () =>
      setReading(element.matches(':hover') || element.contains(document.activeElement) || scroller.scrollTop > 8);
    // A focus that moves inside is nowhere for a moment.
    const settle = () => requestAnimationFrame(judge);
    const events = ['pointerenter', 'pointerleave', 'focusin', 'focusout'] as const;
    for (const name of events) element.addEventListener(name, settle);
    scroller.addEventListener('scroll', judge, { passive: true });
    return () => {
      for (const name of events) element.removeEventListener(name, settle);
      scroller.removeEventListener('scroll', judge);
    };
  }, [box]);
  return reading;
}
