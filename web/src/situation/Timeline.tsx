import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useMemo, useRef, useState } from 'react';
import { stepsSentence } from '../incidents/sentence.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Icon } from '../ui/Icon.tsx';
import { addDays, dayOf, hourOf, startOfDay } from './clock.ts';
import { changeOf } from './comparison.ts';
import { useDesk } from './desk.ts';
import { FreeHours } from './FreeHours.tsx';
import { daysOf, heldFrom, isWholeDays, lengthOf, PERIODS, type Window } from './period.ts';
import { SPEEDS, type Speed } from './playback.ts';
import css from './Timeline.module.css';
import { TimelinePlot } from './TimelinePlot.tsx';
import { clampInto, type Range, rangeFor, showing, zoomed } from './timeline.ts';
import { knownFrom } from './useCompared.ts';
import { useExports } from './useExports.ts';
import { useHours } from './useHours.ts';
import { useSteps } from './useSteps.ts';
import { useComparisonWords, useWords } from './words.ts';

/** The time of all figures: which window, how it compares, and how it came to be so, played back. */
export function Timeline() {
  const { t } = useLingui();
  const words = useWords();
  const comparisons = useComparisonWords();
  const { time, county, formats, held, filter, node, places, compared, view, go, arrivals, live } = useDesk();
  const timeZone = county.time_zone;
  const { window, now, playback } = time;
  const { telling, cite } = useExports();
  const stepsOf = useSteps();

  const today = dayOf(now, timeZone);
  const end = startOfDay(addDays(today, 1), timeZone);
  const known = held ? knownFrom(held, timeZone) : heldFrom(now, timeZone);
  // What is known, and the window wherever it lies.
  const limits = useMemo(
    (): Range => ({
      from: Math.min(known, time.settled.from, end - 2 * 86_400),
      to: Math.max(end, time.settled.to),
    }),
    [known, end, time.settled],
  );
  const hours = useHours(held, filter, node, places, limits.to);

  // Where the reader has looked or acted, the range stays; else it follows from the window.
  const [pinned, setPinned] = useState<Range | null>(null);
  const range = useMemo(() => {
    const seen = pinned ?? rangeFor(time.settled, limits);
    return playback?.playing ? showing(clampInto(seen, limits), window, limits) : clampInto(seen, limits);
  }, [pinned, limits, time.settled, playback?.playing, window]);
  const { moving, look } = time;
  useEffect(() => look(range), [look, range]);
  const latest = useRef(range);
  latest.current = range;
  useEffect(() => {
    if (moving) setPinned((was) => was ?? latest.current);
  }, [moving]);
  useEffect(() => {
    setPinned((was) => was && showing(was, time.settled, limits));
  }, [time.settled, limits]);

  // On a narrow page the chips scroll sideways: the chosen one is to be seen.
  const controls = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another period is another chip
  useEffect(() => {
    const box = controls.current;
    const chip = box?.querySelector<HTMLElement>('[role=group] [aria-pressed=true]');
    if (box && chip) box.scrollLeft = chip.offsetLeft - (box.clientWidth - chip.offsetWidth) / 2;
  }, [view.period]);

  const total = node.totals.reports.total;
  const before = compared?.tree?.byCode.get(node.code)?.totals.reports.total;
  const change = before === undefined ? null : changeOf(total, before);
  const speeds: Record<Speed, string> = { 1: t`1小时/秒`, 6: t`6小时/秒`, 24: t`1天/秒`, 168: t`7天/秒` };
  const playing = playback?.playing ?? false;
  const middle = (window.from + window.to) / 2;
  const zoom = (factor: number) => setPinned(zoomed(range, factor, middle, limits));
  return (
    <section className={css.timeline} aria-label={t`时间`} data-playing={playing}>
      <div ref={controls} className={css.controls}>
        <div className={css.play}>
          <button
            type="button"
            onClick={() => (playing ? time.pause() : time.play())}
            aria-label={playing ? t`暂停` : t`播放`}
            title={playing ? t`暂停（空格）` : t`播放（空格）`}
            aria-keyshortcuts="Space"
            disabled={held === null}
          >
            <Icon name={playing ? 'pause' : 'play'} size={16} />
          </button>
          <select
            value={time.speed}
            onChange={(event) => time.setSpeed(Number(event.currentTarget.value) as Speed)}
            aria-label={t`播放速度`}
          >
            {SPEEDS.map((speed) => (
              <option key={speed} value={speed}>
                {speeds[speed]}
              </option>
            ))}
          </select>
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere */}
        <div className={css.chips} role="group" aria-label={t`统计时段`}>
          {PERIODS.filter((period) => period !== 'custom').map((period) => (
            <button
              key={period}
              type="button"
              aria-pressed={view.period === period && playback === null && !moving}
              onClick={() => {
                setPinned(null);
                time.show(period);
              }}
            >
              {words.period[period]}
            </button>
          ))}
          <FreeHours
            onChosen={(chosen) => {
              setPinned(null);
              time.rest(chosen);
            }}
          />
        </div>
        <p className={css.stamp}>
          <b>{stampOf(window, timeZone)}</b>
          <span>
            {isWholeDays(window, timeZone) ? (
              <Plural value={lengthOf(daysOf(window, timeZone))} one="#天" other="#天" />
            ) : (
              t`${formats.count(Math.round((window.to - window.from) / 3600))}小时`
            )}
          </span>
        </p>
        <div className={css.compare}>
          {(['yoy', 'prev'] as const).map((by) => (
            <button
              key={by}
              type="button"
              aria-pressed={view.compare === by}
              title={comparisons.meaning[by]}
              onClick={() => go({ compare: view.compare === by ? null : by })}
            >
              {comparisons.name[by]}
            </button>
          ))}
          {compared && (
            <output title={comparisons.window(compared)}>
              {compared.state === 'waiting'
                ? t`正在载入…`
                : compared.state === 'none'
                  ? t`无同期数据`
                  : change === null
                    ? t`前期为0`
                    : formats.change(change)}
            </output>
          )}
        </div>
        {held !== null && (
          <CopyText
            of={t`时间分布`}
            text={() => {
              const counted = stepsOf();
              return counted === null ? '' : cite(stepsSentence(telling, node, counted), 'incidents');
            }}
          />
        )}
        <div className={css.zoom}>
          <button type="button" onClick={() => zoom(1.6)} aria-label={t`缩小时间轴`} title={t`缩小时间轴`}>
            <Icon name="minus" size={14} />
          </button>
          <button type="button" onClick={() => zoom(1 / 1.6)} aria-label={t`放大时间轴`} title={t`放大时间轴`}>
            <Icon name="plus" size={14} />
          </button>
        </div>
        <button type="button" className={css.live} onClick={time.toLive} disabled={live} data-live={live}>
          {live ? t`含当前时刻` : arrivals > 0 ? t`回到实时 (+${formats.count(arrivals)})` : t`回到实时`}
        </button>
      </div>
      <TimelinePlot hours={hours} range={range} limits={limits} onRange={setPinned} />
      {known > window.from && held !== null && (
        <p className={css.unknown} role="note">
          <Trans>所选时段早于最早的数据（{formats.day(dayOf(known, timeZone))}起）：此前无数据，不等于没有上报。</Trans>
        </p>
      )}
    </section>
  );
}

/** A window in figures of one width, so that nothing jumps while it is played: `2026-06-30 08:00 — 07-01 08:00`. */
function stampOf(window: Window, timeZone: string): string {
  const whole = isWholeDays(window, timeZone);
  const write = (second: number) => {
    const hour = hourOf(second, timeZone);
    return whole ? hour.slice(0, 10) : `${hour.slice(0, 10)} ${hour.slice(11)}:00`;
  };
  const from = write(window.from);
  const to = write(whole ? window.to - 1 : window.to);
  if (from === to) return from;
  return `${from} — ${from.slice(0, 4) === to.slice(0, 4) ? to.slice(5) : to}`;
}
