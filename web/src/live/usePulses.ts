import { passes } from '@wangge/geodata/incidents/filter';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useGridCodes } from '../incidents/place.ts';
import { PULSE_MS, type Spot, STILL_MS } from '../map/contract.ts';
import { useDesk } from '../situation/desk.ts';
import type { Applied } from './live.ts';
import { useApplied } from './page.ts';
import { pulsesOf } from './pulses.ts';

/** The reports that pulse at this moment; none while another time than now is looked at. */
export function usePulses(still: boolean): readonly Spot[] {
  const { filter, live } = useDesk();
  const codes = useGridCodes();
  const [pulses, setPulses] = useState<readonly Spot[]>([]);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useApplied(
    useCallback(
      (applied: Applied) => {
        if (!live) return;
        const spots = pulsesOf(
          applied,
          (record) => passes(filter, record),
          (id) => codes.get(id),
        );
        if (spots.length === 0) return;
        setPulses((now) => [...now, ...spots]);
        const timer = setTimeout(
          () => {
            timers.current.delete(timer);
            setPulses((now) => now.filter((spot) => !spots.includes(spot)));
          },
          still ? STILL_MS : PULSE_MS,
        );
        timers.current.add(timer);
      },
      [filter, live, codes, still],
    ),
  );
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running) clearTimeout(timer);
    };
  }, []);
  return pulses;
}
