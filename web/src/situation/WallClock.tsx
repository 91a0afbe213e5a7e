import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { dayOf } from './clock.ts';
import { useDesk } from './desk.ts';
import css from './WallClock.module.css';

/** The county's time, and the time of the data beside it. */
export function WallClock() {
  const { t } = useLingui();
  const { county, formats, overview } = useDesk();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, []);
  const day = dayOf(now.getTime() / 1000, county.time_zone);
  const weekdays = [t`周日`, t`周一`, t`周二`, t`周三`, t`周四`, t`周五`, t`周六`];
  return (
    <div className={css.clock}>
      <time dateTime={now.toISOString()}>{formats.time(now)}</time>
      <p>
        {formats.day(day)} {weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]}
        <br />
        <Trans>数据截至 {formats.moment(overview.at).slice(5)}</Trans>
      </p>
    </div>
  );
}
