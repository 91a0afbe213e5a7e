import { Trans, useLingui } from '@lingui/react/macro';
import { Popover } from '@mantine/core';
import { useState } from 'react';
import type { Formats } from '../ui/format.ts';
import css from './FreshnessChip.module.css';
import type { Freshness } from './freshness.ts';
import { live, useFreshness } from './page.ts';

/** A shape for each state, so that none is told by its colour alone. */
const SIGNS: Record<Freshness['kind'] | 'playback', string> = {
  loading: 'M3 8h.01M8 8h.01M13 8h.01',
  live: 'M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  'catching-up': 'M8 2.5v9M4 8l4 4 4-4M3 14h10',
  reconnecting: 'M13 8a5 5 0 1 1-1.7-3.75M13 2v3h-3',
  disconnected: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  crowded: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5v3.2l2.2 1.3',
  playback: 'M5 3.5v9l7.5-4.5z',
};

/** Whether what stands on the screen is fresh, always in sight. `playback`: another time than now is being shown. */
export function FreshnessChip({ formats, playback }: { formats: Formats; playback: boolean }) {
  const { t } = useLingui();
  const freshness = useFreshness();
  const [open, setOpen] = useState(false);
  // A break is told also while time is played: what is played may lack it.
  const broken = freshness.kind === 'disconnected' || freshness.kind === 'reconnecting';
  const kind = playback && !broken ? 'playback' : freshness.kind;
  const words = useFreshnessWords(formats);
  const text = kind === 'playback' ? t`回放中` : words(freshness);
  const at = live.link.at;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus>
      <Popover.Target>
        <button type="button" className={css.chip} data-freshness={kind} onClick={() => setOpen(!open)}>
          <span className={css.pill}>
            <svg width="0.875rem" height="0.875rem" viewBox="0 0 16 16" aria-hidden="true">
              <path d={SIGNS[kind]} />
            </svg>
            {text}
          </span>
          {/* The longest that it may say keeps its room: nothing beside the chip ever moves. */}
          <span className={css.room} aria-hidden="true">
            {words({ kind: 'disconnected', at: '2026-01-01T00:00:00Z' })}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.box!}>
        <p>
          <strong>{text}</strong>
        </p>
        {at && (
          <p>
            <Trans>数据截至 {formats.moment(at)}</Trans>
          </p>
        )}
        <p className={css.why}>
          <Why kind={kind} />
        </p>
        {broken && (
          <button type="button" onClick={() => live.reach(true)}>
            <Trans>立即重连</Trans>
          </button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** What a freshness says, e.g. 实时 · 3 秒前. */
export function useFreshnessWords(formats: Formats): (freshness: Freshness) => string {
  const { t } = useLingui();
  return (freshness) => {
    switch (freshness.kind) {
      case 'loading':
        return t`正在连接`;
      case 'live':
        return t`实时 · ${freshness.seconds} 秒前`;
      case 'catching-up':
        return freshness.count > 0 ? t`正在补齐 ${formats.count(freshness.count)} 条` : t`正在补齐`;
      case 'reconnecting':
        return t`正在重连 · ${freshness.seconds} 秒前`;
      case 'disconnected':
        return freshness.at ? t`已断开，数据截至 ${formats.time(freshness.at)}` : t`已断开`;
      case 'crowded':
        return freshness.at ? t`定时更新，数据截至 ${formats.time(freshness.at)}` : t`定时更新`;
    }
  };
}

function Why({ kind }: { kind: Freshness['kind'] | 'playback' }) {
  switch (kind) {
    case 'playback':
      return <Trans>正在看过去的时段；新上报照常接收，回到实时即可看到。</Trans>;
    case 'live':
      return <Trans>新上报和办理进展即到即显。没有变化时，服务器每10秒也会传来一次消息。</Trans>;
    case 'crowded':
      return <Trans>实时连接已满，改为每分钟左右询问一次，有空位时自动恢复实时。</Trans>;
    case 'reconnecting':
    case 'disconnected':
      return <Trans>与服务器的连接中断。已有数据照常可用；恢复后只补齐中断期间的变化。</Trans>;
    default:
      return <Trans>正在取得中断期间或打开页面以来的变化。</Trans>;
  }
}
