import { useLingui } from '@lingui/react/macro';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { isShown, suppressParts } from '@wangge/geodata/incidents/suppress';
import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { dayOf, HOUR, hourOf } from './clock.ts';
import { useDesk } from './desk.ts';
import { spanOf, type Window } from './period.ts';
import css from './Timeline.module.css';
import {
  barsOf,
  boundsOf,
  clampInto,
  type Hours,
  moved,
  type Range,
  resized,
  roundUp,
  showing,
  snapped,
  stepFor,
  ticksOf,
  unitOf,
  zoomed,
} from './timeline.ts';

type Part = 'from' | 'to' | 'window' | 'axis';
interface Gesture {
  readonly part: Part;
  /** Second and window, or range, where it began. */
  readonly at: number;
  readonly window: Window;
  readonly range: Range;
}

/** Units that an arrow with Shift, and a page key, move by. */
const FAR = { hour: 24, day: 7 } as const;

/**
 * The histogram of what is held, and the window on it: dragged by its body, resized at both ends, put elsewhere by a
 * click. The wheel zooms; the axis below is dragged sideways.
 */
export function TimelinePlot({
  hours,
  range,
  limits,
  onRange,
}: {
  hours: Hours | null;
  range: Range;
  limits: Range;
  onRange: (range: Range) => void;
}) {
  const { t } = useLingui();
  const { time, county, formats, compared, node, view } = useDesk();
  const timeZone = county.time_zone;
  const { window } = time;
  const { ref: measured, width, height } = useElementSize<HTMLDivElement>();
  const box = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(measured, box);
  const clip = useId();
  const gesture = useRef<Gesture | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);

  // On a wall everything is larger: as many bars and labels as on a desk that is as wide in rem.
  const deskWidth = useMemo(() => width / remScale(), [width]);
  const step = stepFor(range, Math.max(deskWidth, 1));
  const unit = unitOf(step);
  const scale = Math.max(width, 1) / (range.to - range.from);
  const xOf = (second: number) => (second - range.from) * scale;
  const bounds = useMemo(() => boundsOf(range, step, timeZone), [range, step, timeZone]);
  const barsIn = useCallback(
    (bounds: readonly number[]): readonly number[] => {
      if (!hours) return [];
      const counts = barsOf(hours, bounds);
      const total = counts.reduce((sum, count) => sum + count, 0);
      return view.reception ? suppressParts(counts, total).parts : counts;
    },
    [hours, view.reception],
  );
  const bars = useMemo(() => barsIn(bounds), [barsIn, bounds]);
  // By all that is held, so that bars do not grow and shrink while one looks around.
  const highest = useMemo(
    () => roundUp(hours ? Math.max(0, ...barsOf(hours, boundsOf(limits, step, timeZone))) : 0),
    [hours, limits, step, timeZone],
  );
  const path = useMemo(
    () => pathOf(bars, bounds, range, width, height, highest),
    [bars, bounds, range, width, height, highest],
  );
  const ghost = useMemo(() => {
    if (!hours || compared?.state !== 'known') return '';
    const back = window.from - compared.window.from;
    const earlier = bounds.map((bound) => Math.min(Math.max(bound - back, compared.window.from), compared.window.to));
    const bars = barsIn(earlier);
    // A window that is not over is compared up to the same moment: there the line ends.
    const over = earlier.findIndex((bound, i) => bound === compared.window.to && (bounds[i] ?? 0) > window.from);
    const shown = over === -1 ? bars : bars.slice(0, over);
    return stepPathOf(shown, bounds, range, width, height, highest);
  }, [hours, barsIn, compared, bounds, window.from, range, width, height, highest]);
  const ticks = useMemo(() => ticksOf(range, Math.max(deskWidth, 1), timeZone), [range, deskWidth, timeZone]);

  // React listens to the wheel passively; the page must not scroll while the timeline zooms.
  const now = useRef({ range, limits, onRange, scale });
  now.current = { range, limits, onRange, scale };
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { range, limits, onRange, scale } = now.current;
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) {
        const by = sideways / scale;
        onRange(clampInto({ from: range.from + by, to: range.to + by }, limits));
        return;
      }
      const at = range.from + (event.clientX - element.getBoundingClientRect().left) / scale;
      onRange(zoomed(range, 1.0018 ** Math.max(-400, Math.min(400, event.deltaY)), at, limits));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  const secondAt = (event: PointerEvent) =>
    range.from + (event.clientX - box.current!.getBoundingClientRect().left) / scale;
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const part = (event.target as HTMLElement).closest<HTMLElement>('[data-part]')?.dataset.part as Part | undefined;
    const at = secondAt(event);
    let start = window;
    if (part === undefined) {
      const middle = snapped(at - (window.to - window.from) / 2, unit, timeZone);
      start = clampInto({ from: middle, to: middle + (window.to - window.from) }, limits);
      time.move(start);
    }
    gesture.current = { part: part ?? 'window', at, window: start, range };
    event.currentTarget.setPointerCapture(event.pointerId);
    const body = box.current?.querySelector<HTMLElement>(`[data-part="${part ?? 'window'}"]`);
    body?.focus({ preventScroll: true });
    event.preventDefault();
  };
  const draggedTo = ({ part, at, window }: Gesture, second: number): Window => {
    if (part === 'window') {
      const by = Math.round((second - at) / (unit === 'day' ? 24 * HOUR : HOUR));
      return moved(window, by, unit, limits, timeZone);
    }
    return resized(window, part as 'from' | 'to', snapped(second, unit, timeZone), limits);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const second = secondAt(event);
    const held = gesture.current;
    if (held === null) {
      setHovered(second);
      return;
    }
    if (held.part === 'axis') {
      const by = ((held.at - held.range.from) * scale - (second - range.from) * scale) / scale;
      onRange(clampInto({ from: held.range.from + by, to: held.range.to + by }, limits));
    } else time.move(draggedTo(held, second));
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const held = gesture.current;
    gesture.current = null;
    if (held && held.part !== 'axis') time.rest(draggedTo(held, secondAt(event)));
  };
  const onPointerCancel = () => {
    const held = gesture.current;
    gesture.current = null;
    if (held && held.part !== 'axis') time.rest(held.window, { replace: true });
  };

  const onKeyDown = (part: Part) => (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const far = event.shiftKey ? FAR[unit] : 1;
    const by = { ArrowLeft: -far, ArrowDown: -far, ArrowRight: far, ArrowUp: far }[event.key];
    const length = window.to - window.from;
    let next: Window | null = null;
    if (by !== undefined) {
      next =
        part === 'window'
          ? moved(window, by, unit, limits, timeZone)
          : resized(window, part as 'from' | 'to', moved(window, by, unit, FOREVER, timeZone)[part as 'from'], limits);
    } else if (part === 'window' && (event.key === 'PageUp' || event.key === 'PageDown')) {
      const on = event.key === 'PageUp' ? -length : length;
      next = clampInto({ from: window.from + on, to: window.to + on }, limits);
    } else if (event.key === 'Home' || event.key === 'End') {
      const edge = event.key === 'Home' ? limits.from : limits.to;
      next =
        part === 'window'
          ? clampInto(
              event.key === 'Home' ? { from: edge, to: edge + length } : { from: edge - length, to: edge },
              limits,
            )
          : resized(window, part as 'from' | 'to', edge, limits);
    } else if (event.key === '+' || event.key === '=' || event.key === '-') {
      onRange(zoomed(range, event.key === '-' ? 1.6 : 1 / 1.6, (window.from + window.to) / 2, limits));
    } else return;
    event.preventDefault();
    event.stopPropagation();
    if (next === null) return;
    time.rest(next, { replace: true });
    onRange(showing(range, next, limits));
  };

  const left = Math.max(-12, Math.min(width + 12, xOf(window.from)));
  const right = Math.max(-12, Math.min(width + 12, xOf(window.to)));
  const off = { from: left < 0 || left > width, to: right < 0 || right > width, window: right <= 0 || left >= width };
  const span = spanOf(window, timeZone);
  const hourWords = (second: number) =>
    formats.hours({ from: hourOf(second, timeZone), to: hourOf(second + HOUR, timeZone) });
  const slider = (part: 'from' | 'to' | 'window') => {
    const at = part === 'to' ? window.to : window.from;
    const text = { from: edgeWords(window.from), to: edgeWords(window.to), window: formats.hours(span) }[part];
    return {
      role: 'slider',
      tabIndex: 0,
      'data-part': part,
      'aria-label': { from: t`时间窗起点`, to: t`时间窗终点`, window: t`时间窗` }[part],
      'aria-orientation': 'horizontal' as const,
      'aria-valuemin': 0,
      'aria-valuemax': Math.round((limits.to - limits.from) / HOUR),
      'aria-valuenow': Math.round((at - limits.from) / HOUR),
      'aria-valuetext': text,
      'data-off': off[part],
      onKeyDown: onKeyDown(part),
    };
  };
  function edgeWords(second: number): string {
    return formats.moment(new Date(second * 1000));
  }

  const index =
    hovered === null ? -1 : bounds.findIndex((bound, i) => hovered >= bound && hovered < (bounds[i + 1] ?? 0));
  const nowX = xOf(time.now);
  return (
    <div className={css.plotBox}>
      <div
        ref={ref}
        className={css.plot}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerCancel}
        onPointerLeave={() => setHovered(null)}
        data-step={step}
        data-highest={highest}
        data-held={hours !== null}
      >
        <svg width={width} height={height} aria-hidden="true">
          <defs>
            <clipPath id={clip}>
              <rect x={left} y="0" width={Math.max(0, right - left)} height={height} />
            </clipPath>
          </defs>
          <rect className={css.shade} x={left} y="0" width={Math.max(0, right - left)} height={height} />
          <line className={css.half} x1="0" x2={width} y1={height / 2} y2={height / 2} />
          <path className={css.bars} d={path} />
          <path className={css.chosen} d={path} clipPath={`url(#${clip})`} />
          {ghost !== '' && <path className={css.ghost} d={ghost} clipPath={`url(#${clip})`} />}
          {nowX > 0 && nowX < width && <line className={css.now} x1={nowX} x2={nowX} y1="0" y2={height} />}
        </svg>
        <span className={css.highest} aria-hidden="true">
          {formats.count(highest)}
        </span>
        <div {...slider('from')} className={css.thumb} style={{ left }} />
        <div
          {...slider('window')}
          className={css.window}
          style={{ left: (left + right) / 2 - Math.max(14, right - left) / 2, width: Math.max(14, right - left) }}
        />
        <div {...slider('to')} className={css.thumb} data-end style={{ left: right }} />
        {index !== -1 && hours && gesture.current === null && (
          <div
            className={css.tip}
            style={{ left: Math.min(Math.max(xOf((bounds[index]! + bounds[index + 1]!) / 2), 84), width - 84) }}
            aria-hidden="true"
          >
            {unit === 'day'
              ? step === 'day'
                ? `${formats.dayOfYear(dayOf(bounds[index]!, timeZone))} ${formats.weekday(dayOf(bounds[index]!, timeZone))}`
                : formats.days({
                    from: dayOf(bounds[index]!, timeZone),
                    to: dayOf(bounds[index + 1]! - 1, timeZone),
                  })
              : step === 'hour'
                ? hourWords(bounds[index]!)
                : formats.hours({
                    from: hourOf(bounds[index]!, timeZone),
                    to: hourOf(bounds[index + 1]!, timeZone),
                  })}{' '}
            · <b>{t`${formats.count(bars[index]!)}件`}</b>
          </div>
        )}
        <div className={css.axis} data-part="axis" aria-hidden="true">
          {ticks.map(({ at, unit }) => (
            <span key={at} style={{ left: xOf(at) }} data-strong={unit !== 'hour'}>
              {unit === 'month'
                ? formats.month(dayOf(at, timeZone))
                : unit === 'day'
                  ? formats.dayOfYear(dayOf(at, timeZone))
                  : formats.lang === 'en'
                    ? `${hourOf(at, timeZone).slice(11)}:00`
                    : `${Number(hourOf(at, timeZone).slice(11))}时`}
            </span>
          ))}
        </div>
      </div>
      <p className="sr">{t`${node.name}上报数量的时间分布。时间窗可用方向键移动，两端可用方向键调整，加减键缩放时间轴。`}</p>
    </div>
  );
}

/** A rem in desk rems of 16 pixels. */
const remScale = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** No limits: `resized` keeps them. */
const FOREVER: Range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

function pathOf(
  bars: readonly number[],
  bounds: readonly number[],
  range: Range,
  width: number,
  height: number,
  highest: number,
): string {
  const scale = width / (range.to - range.from);
  let path = '';
  bars.forEach((count, i) => {
    if (count === 0) return;
    // Withheld counts are all of one low height.
    const share = isShown(count) ? count / highest : 0;
    const x0 = (bounds[i]! - range.from) * scale;
    const x1 = (bounds[i + 1]! - range.from) * scale;
    const gap = x1 - x0 > 8 ? 2 : 1;
    const tall = Math.max(isShown(count) ? 1 : 2, share * height);
    path += `M${x0.toFixed(1)} ${height}V${(height - tall).toFixed(1)}H${Math.max(x0 + 1, x1 - gap).toFixed(1)}V${height}Z`;
  });
  return path;
}

/** The upper edges of the bars as one line. */
function stepPathOf(
  bars: readonly number[],
  bounds: readonly number[],
  range: Range,
  width: number,
  height: number,
  highest: number,
): string {
  const scale = width / (range.to - range.from);
  return bars
    .map((count, i) => {
      const y = (height - (isShown(count) ? Math.min(1, count / highest) : 0) * height).toFixed(1);
      const [x0, x1] = [bounds[i]!, bounds[i + 1]!].map((bound) => ((bound - range.from) * scale).toFixed(1));
      return `${i === 0 ? 'M' : 'L'}${x0} ${y}H${x1}`;
    })
    .join('');
}
