import { Trans, useLingui } from '@lingui/react/macro';
import { isShown, LEFT_OUT } from '@wangge/geodata/incidents/suppress';
import { scaleLinear } from 'd3-scale';
import { useMemo } from 'react';
import { addDays, offsetAt, startOfDay } from '../situation/clock.ts';
import { useDesk } from '../situation/desk.ts';
import { lengthOf } from '../situation/period.ts';
import { useExports } from '../situation/useExports.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Section } from '../ui/Section.tsx';
import css from './Rhythm.module.css';
import { peakOf, rhythmOf, suppressRhythm } from './rhythm.ts';
import { daysSentence, weekSentence } from './sentence.ts';

const WIDTH = 280;
const HEIGHT = 56;
const hourOf = (index: number) => `${Math.floor(index / 24)} ${index % 24}`;

/** When reports come: by day, and by hour and weekday. */
export function Rhythm() {
  const { t } = useLingui();
  const { county, node, days, rows, formats, periodWords, view } = useDesk();
  const { telling, cite } = useExports();
  const rhythm = useMemo(() => {
    if (rows === null) return null;
    const start = startOfDay(days.from, county.time_zone);
    const rhythm = rhythmOf(rows, start, offsetAt(start, county.time_zone), lengthOf(days));
    const { reports, open } = node.totals;
    return view.reception ? suppressRhythm(rhythm, { total: reports.total, weekTotal: open.of }) : rhythm;
  }, [rows, days, county.time_zone, node, view.reception]);
  if (rhythm === null) return null;
  const busiest = peakOf(rhythm.days);
  const y = scaleLinear([0, busiest?.count ?? 1], [0, HEIGHT]);
  const step = WIDTH / rhythm.days.length;
  // Withheld counts are all of one low height.
  const heightOf = (n: number) => (n === 0 ? 0 : isShown(n) ? Math.max(1, y(n)) : 2);
  const weekdays = [t`一`, t`二`, t`三`, t`四`, t`五`, t`六`, t`日`];
  const peak = peakOf(rhythm.week);
  const weekday = weekdays[Math.floor((peak?.at ?? 0) / 24)]!;
  const hour = (peak?.at ?? 0) % 24;
  const dayNote = busiest === null ? periodWords : t`${periodWords} · 最高${formats.count(busiest.count)}件/日`;
  const daySummary =
    busiest === null
      ? t`每日上报`
      : t`每日上报，最多${formats.count(busiest.count)}件（${formats.day(addDays(days.from, busiest.at))}）`;
  const weekSummary =
    peak === null
      ? t`事件和矛盾纠纷共${formats.count(rhythm.weekTotal)}件`
      : t`事件和矛盾纠纷共${formats.count(rhythm.weekTotal)}件，最多在周${weekday}${hour}时（${formats.count(peak.count)}件）`;
  return (
    <>
      {rhythm.days.length > 1 && (
        <Section
          title={t`逐日上报`}
          note={dayNote}
          actions={
            <CopyText
              of={t`逐日上报`}
              text={() => {
                const named = Array.from(rhythm.days, (count, i) => ({
                  day: formats.day(addDays(days.from, i)),
                  count,
                }));
                return cite(daysSentence(telling, node, named, rhythm.total), 'incidents');
              }}
            />
          }
        >
          <svg
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            className={css.bars}
            role="img"
            aria-label={daySummary}
            preserveAspectRatio="none"
          >
            {Array.from(rhythm.days, (n, i) => (
              <rect
                key={addDays(days.from, i)}
                x={i * step + step * 0.1}
                width={step * 0.8}
                data-withheld={!isShown(n)}
                y={HEIGHT - heightOf(n)}
                height={heightOf(n)}
              />
            ))}
          </svg>
          <div className={css.axis} aria-hidden="true">
            <span>{days.from.slice(5)}</span>
            <span>{days.to.slice(5)}</span>
          </div>
        </Section>
      )}
      <Section
        title={t`时段分布`}
        note={t`事件和矛盾纠纷 · ${formats.count(rhythm.weekTotal)}件`}
        actions={
          <CopyText
            of={t`时段分布`}
            text={() => {
              const week = { total: rhythm.weekTotal, peak: peak?.count ?? LEFT_OUT, weekday, hour };
              return cite(weekSentence(telling, node, week), 'incidents');
            }}
          />
        }
      >
        {rhythm.weekTotal === 0 ? (
          <p className={css.summary}>
            <Trans>{periodWords}没有事件和矛盾纠纷。</Trans>
          </p>
        ) : (
          <>
            <svg viewBox="0 0 290 106" className={css.week} role="img" aria-label={weekSummary}>
              {weekdays.map((name, d) => (
                <text key={name} x="0" y={d * 13 + 9.5}>
                  {name}
                </text>
              ))}
              {Array.from(rhythm.week, (n, i) => (
                <rect
                  key={hourOf(i)}
                  x={16 + (i % 24) * 11.4}
                  y={Math.floor(i / 24) * 13}
                  width="10.4"
                  height="12"
                  rx="1.5"
                  data-none={n === 0}
                  data-withheld={!isShown(n)}
                  fillOpacity={isShown(n) && n > 0 ? 0.18 + 0.82 * (n / (peak?.count ?? n)) : 1}
                />
              ))}
              {[0, 6, 12, 18].map((hour) => (
                <text key={hour} x={16 + hour * 11.4} y="103">
                  {hour}
                </text>
              ))}
              <text x="290" y="103" textAnchor="end">
                {t`24时`}
              </text>
            </svg>
            <p className={css.summary}>{weekSummary}</p>
          </>
        )}
      </Section>
    </>
  );
}
