import { useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Formats } from '../ui/format.ts';
import { useFreshnessWords } from './FreshnessChip.tsx';
import type { Applied } from './live.ts';
import { useApplied, useFreshness } from './page.ts';

/** A listener is told of news at most this often, milliseconds. */
const EVERY_MS = 10_000;

/** For screen readers: changes of the freshness, and how many reports have come in; never the seconds. */
export function Spoken({ formats }: { formats: Formats }) {
  const { t } = useLingui();
  const freshness = useFreshness();
  const words = useFreshnessWords(formats);
  const state =
    freshness.kind === 'live' ? t`实时` : freshness.kind === 'reconnecting' ? t`正在重连` : words(freshness);
  const [said, setSaid] = useState('');
  const news = useRef({ total: 0, critical: 0 });
  const now = useRef({ state, told: '', last: Number.NEGATIVE_INFINITY });
  now.current.state = state;
  useApplied(
    useCallback((applied: Applied) => {
      for (const { id, urgency } of applied.added) {
        if (!applied.news.has(id)) continue;
        news.current.total++;
        if (urgency === 'critical') news.current.critical++;
      }
    }, []),
  );
  useEffect(() => {
    const timer = setInterval(() => {
      const { state, told, last } = now.current;
      const { total, critical } = news.current;
      if (performance.now() - last < EVERY_MS || (state === told && total === 0)) return;
      const parts = state === told ? [] : [state];
      if (total > 0) parts.push(critical > 0 ? t`新上报${total}件，其中特急${critical}件` : t`新上报${total}件`);
      setSaid(parts.join(t`；`));
      news.current = { total: 0, critical: 0 };
      now.current = { state, told: state, last: performance.now() };
    }, 1000);
    return () => clearInterval(timer);
  }, [t]);
  return (
    <p className="sr" aria-live="polite">
      {said}
    </p>
  );
}
