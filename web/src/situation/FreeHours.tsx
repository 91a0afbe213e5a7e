import { Trans, useLingui } from '@lingui/react/macro';
import { Popover } from '@mantine/core';
import { useState } from 'react';
import { addDays, HOUR, hourOf, isDay, secondOf } from './clock.ts';
import { useDesk } from './desk.ts';
import type { Window } from './period.ts';
import css from './Timeline.module.css';
import { useWords } from './words.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Free hours: from the beginning of an hour to the end of another. */
export function FreeHours({ onChosen }: { onChosen: (window: Window) => void }) {
  const { t } = useLingui();
  const words = useWords();
  const { view, time, county, formats } = useDesk();
  const timeZone = county.time_zone;
  const [choosing, setChoosing] = useState(false);
  const [from, setFrom] = useState({ day: '', hour: 0 });
  const [to, setTo] = useState({ day: '', hour: 24 });
  const open = () => {
    const first = hourOf(time.window.from, timeZone);
    // An end at midnight is the 24th hour of the day before.
    const last = hourOf(time.window.to - HOUR, timeZone);
    setFrom({ day: first.slice(0, 10), hour: Number(first.slice(11)) });
    setTo({ day: last.slice(0, 10), hour: Number(last.slice(11)) + 1 });
    setChoosing(!choosing);
  };
  const second = (day: string, hour: number) =>
    hour === 24
      ? secondOf(`${addDays(day, 1)}T00`, timeZone)
      : secondOf(`${day}T${String(hour).padStart(2, '0')}`, timeZone);
  const dated = isDay(from.day) && isDay(to.day);
  const window = dated ? { from: second(from.day, from.hour), to: second(to.day, to.hour) } : null;
  const valid = window !== null && window.from < window.to;
  const clock = (hour: number) => (formats.lang === 'en' ? `${String(hour).padStart(2, '0')}:00` : `${hour}时`);
  return (
    <Popover opened={choosing} onChange={setChoosing} trapFocus withArrow={false} position="top">
      <Popover.Target>
        <button type="button" aria-pressed={view.period === 'custom' && time.playback === null} onClick={open}>
          {words.period.custom}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.choice!}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!valid) return;
            onChosen(window);
            setChoosing(false);
          }}
        >
          <label>
            <Trans>从</Trans>
            <input
              type="date"
              value={from.day}
              onChange={(e) => setFrom({ ...from, day: e.currentTarget.value })}
              required
            />
            <select
              value={from.hour}
              onChange={(e) => setFrom({ ...from, hour: Number(e.currentTarget.value) })}
              aria-label={t`起点的小时`}
            >
              {HOURS.map((hour) => (
                <option key={hour} value={hour}>
                  {clock(hour)}
                </option>
              ))}
            </select>
          </label>
          <label>
            <Trans>到</Trans>
            <input type="date" value={to.day} onChange={(e) => setTo({ ...to, day: e.currentTarget.value })} required />
            <select
              value={to.hour}
              onChange={(e) => setTo({ ...to, hour: Number(e.currentTarget.value) })}
              aria-label={t`终点的小时`}
            >
              {HOURS.map((hour) => (
                <option key={hour} value={hour + 1}>
                  {clock(hour + 1)}
                </option>
              ))}
            </select>
          </label>
          {window !== null && !valid && (
            <p role="alert">
              <Trans>终点应晚于起点。</Trans>
            </p>
          )}
          <button type="submit" disabled={!valid}>
            <Trans>确定</Trans>
          </button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
