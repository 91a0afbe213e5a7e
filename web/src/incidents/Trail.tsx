import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useDesk } from '../situation/desk.ts';
import css from './Trail.module.css';
import { type Flow, partsOf, stagesOf } from './trail.ts';
import { useIncidentWords } from './words.ts';

/** 办理轨迹: one state under the other, with the time that each lasted. */
export function Trail({ trail }: { trail: readonly Flow[] }) {
  const { t } = useLingui();
  const words = useIncidentWords();
  const { formats } = useDesk();
  const now = useMinute();
  const length = (seconds: number) => {
    const { days, hours, minutes } = partsOf(seconds);
    if (days > 0) return hours > 0 ? t`${days}天${hours}小时` : t`${days}天`;
    if (hours > 0) return minutes > 0 ? t`${hours}小时${minutes}分` : t`${hours}小时`;
    return minutes > 0 ? t`${minutes}分钟` : t`不到1分钟`;
  };
  if (trail.length === 0) {
    return (
      <p className={css.none}>
        <Trans>没有轨迹记录。</Trans>
      </p>
    );
  }
  return (
    <ol className={css.trail}>
      {stagesOf(trail, now).map(({ state, at, seconds, last }) => (
        <li key={`${at} ${state}`} data-last={last} aria-current={last ? 'step' : undefined}>
          <span className={css.state}>{words.state[state]}</span>
          <time dateTime={at}>{formats.moment(at)}</time>
          {seconds !== null && (
            <span className={css.length}>{last ? t`至今${length(seconds)}` : t`历时${length(seconds)}`}</span>
          )}
        </li>
      ))}
    </ol>
  );
}

/** The browser's time, renewed each minute. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
