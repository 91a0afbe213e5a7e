import { Trans, useLingui } from '@lingui/react/macro';
import { Popover } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../ui/Icon.tsx';
import { addDays, isDay } from './clock.ts';
import { useDesk } from './desk.ts';
import { LayerSwitch } from './LayerSwitch.tsx';
import css from './PeriodBar.module.css';
import { lengthOf, PERIODS } from './period.ts';
import { useWords } from './words.ts';

/** The period of all figures, and how they are seen: on the map or as a table. */
export function PeriodBar() {
  const { t } = useLingui();
  const words = useWords();
  const { view, go, days, formats } = useDesk();
  const [choosing, setChoosing] = useState(false);
  const [from, setFrom] = useState(days.from);
  const [to, setTo] = useState(days.to);
  const valid = isDay(from) && isDay(to) && from <= to;
  return (
    <div className={css.bar}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere */}
      <div className={css.chips} role="group" aria-label={t`统计时段`}>
        {PERIODS.filter((period) => period !== 'custom').map((period) => (
          <button
            key={period}
            type="button"
            aria-pressed={view.period === period}
            onClick={() => go({ period, span: null })}
          >
            {words.period[period]}
          </button>
        ))}
        <Popover opened={choosing} onChange={setChoosing} trapFocus withArrow={false} position="bottom">
          <Popover.Target>
            <button
              type="button"
              aria-pressed={view.period === 'custom'}
              onClick={() => {
                setFrom(days.from);
                setTo(days.to);
                setChoosing(!choosing);
              }}
            >
              {words.period.custom}
            </button>
          </Popover.Target>
          <Popover.Dropdown className={css.choice!}>
            <form
              onSubmit={(event) => {
                event.preventDefault();
                if (!valid) return;
                go({ period: 'custom', span: { from: `${from}T00`, to: `${addDays(to, 1)}T00` } });
                setChoosing(false);
              }}
            >
              <label>
                <Trans>从</Trans>
                <input type="date" value={from} max={to} onChange={(e) => setFrom(e.currentTarget.value)} required />
              </label>
              <label>
                <Trans>到</Trans>
                <input type="date" value={to} min={from} onChange={(e) => setTo(e.currentTarget.value)} required />
              </label>
              <button type="submit" disabled={!valid}>
                <Trans>确定</Trans>
              </button>
            </form>
          </Popover.Dropdown>
        </Popover>
      </div>
      <span className={css.days}>
        {formats.days(days)}
        {days.from !== days.to && ` · ${t`${lengthOf(days)}天`}`}
      </span>
      <div className={css.seen}>
        {view.view === 'map' && <LayerSwitch />}
        {view.view !== 'list' && (
          <button
            type="button"
            className={css.tool}
            onClick={() => go({ view: 'list' })}
            aria-keyshortcuts="l"
            aria-label={t`以列表查看上报`}
            title={t`以列表查看上报`}
          >
            <Icon name="list" size={16} />
          </button>
        )}
        <button
          type="button"
          className={css.tool}
          onClick={() => go({ view: view.view === 'map' ? 'table' : 'map' })}
          aria-keyshortcuts="t"
        >
          <Icon name={view.view === 'map' ? 'table' : 'map'} size={16} />
          {view.view === 'map' ? t`以表格查看` : t`返回地图`}
        </button>
      </div>
    </div>
  );
}
