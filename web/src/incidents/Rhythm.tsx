import { Trans, useLingui } from '@lingui/react/macro';
import { isShown, LEFT_OUT } from '@wangge/geodata/incidents/suppress';
import { useMemo } from 'react';
import { offsetAt } from '../situation/clock.ts';
import { useDesk } from '../situation/desk.ts';
import { useExports } from '../situation/useExports.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Section } from '../ui/Section.tsx';
import css from './Rhythm.module.css';
import { peakOf, rhythmOf, suppressRhythm } from './rhythm.ts';
import { weekSentence } from './sentence.ts';

const CELL = 11.4;
const ROW = 14;
const LEFT = 18;
const hourOf = (index: number) => `${Math.floor(index / 24)} ${index % 24}`;

/** When events and disputes come: by hour and weekday, with the sums of both beside them. */
export function Rhythm() {
  const { t } = useLingui();
  const { county, node, rows, formats, periodWords, view } = useDesk();
  const { telling, cite } = useExports();
  const zone = county.time_zone;
  const shownTotal = node.totals.open.of;
  const rhythm = useMemo(() => {
    const counted = rows && rhythmOf(rows, (second) => offsetAt(second, zone));
    return counted && view.reception ? suppressRhythm(counted, shownTotal) : counted;
  }, [rows, zone, view.reception, shownTotal]);
  if (rhythm === null) return null;
  const weekdays = [t`一`, t`二`, t`三`, t`四`, t`五`, t`六`, t`日`];
  const peak = peakOf(rhythm.week);
  const weekday = weekdays[Math.floor((peak?.at ?? 0) / 24)]!;
  const hour = (peak?.at ?? 0) % 24;
  const weekSummary =
    peak === null
      ? t`事件和矛盾纠纷共${formats.count(rhythm.total)}件`
      : t`事件和矛盾纠纷共${formats.count(rhythm.total)}件，最多在周${weekday}${hour}时（${formats.count(peak.count)}件）`;
  return (
    <Section
      title={t`时段分布`}
      note={t`事件和矛盾纠纷 · ${formats.count(rhythm.total)}件`}
      actions={
        <CopyText
          of={t`时段分布`}
          text={() => {
            const week = { total: rhythm.total, peak: peak?.count ?? LEFT_OUT, weekday, hour };
            return cite(weekSentence(telling, node, week), 'incidents');
          }}
        />
      }
    >
      {rhythm.total === 0 ? (
        <p className={css.summary}>
          <Trans>{periodWords}没有事件和矛盾纠纷。</Trans>
        </p>
      ) : (
        <>
          <svg
            viewBox={`0 0 ${LEFT + 24 * CELL} ${7 * ROW + 14}`}
            className={css.week}
            role="img"
            aria-label={weekSummary}
          >
            {weekdays.map((name, d) => (
              <text key={name} x="0" y={d * ROW + 10.5} data-weekend={d > 4}>
                {name}
              </text>
            ))}
            {Array.from(rhythm.week, (n, i) => (
              <rect
                key={hourOf(i)}
                x={LEFT + (i % 24) * CELL}
                y={Math.floor(i / 24) * ROW}
                width={CELL - 1}
                height={ROW - 1}
                rx="1.5"
                data-none={n === 0}
                data-peak={i === peak?.at}
                data-withheld={!isShown(n)}
                fillOpacity={isShown(n) && n > 0 ? 0.16 + 0.84 * (n / (peak?.count ?? n)) : 1}
              >
                <title>{t`周${weekdays[Math.floor(i / 24)]} ${i % 24}时：${formats.count(n)}件`}</title>
              </rect>
            ))}
            {[0, 6, 12, 18].map((hour) => (
              <text key={hour} x={LEFT + hour * CELL} y={7 * ROW + 11}>
                {hour}
              </text>
            ))}
            <text x={LEFT + 24 * CELL} y={7 * ROW + 11} textAnchor="end">
              {t`24时`}
            </text>
          </svg>
          <p className={css.summary}>{weekSummary}</p>
        </>
      )}
    </Section>
  );
}
