/** 办理轨迹: the states of an incident with the time that each lasted. */
import { ENDED, type State } from '@wangge/geodata/incidents/incident';

/** A step of the trail as the API answers it, oldest first. */
export interface Flow {
  readonly from_state: State | null;
  readonly to_state: State;
  /** ISO 8601. */
  readonly at: string;
}

export interface Stage {
  readonly state: State;
  readonly at: string;
  /** Seconds until the next step, or until now; null where the state ends an incident. */
  readonly seconds: number | null;
  /** It is the present state. */
  readonly last: boolean;
}

/** @param now milliseconds since 1970 */
export function stagesOf(trail: readonly Flow[], now: number): Stage[] {
  return trail.map(({ to_state, at }, i) => {
    const next = trail[i + 1];
    const end = next ? Date.parse(next.at) : ENDED.has(to_state) ? null : now;
    // Two clocks may differ: what came later in the trail is never told as earlier.
    const seconds = end === null ? null : Math.max(0, Math.round((end - Date.parse(at)) / 1000));
    return { state: to_state, at, seconds, last: next === undefined };
  });
}

/** A length of time in its two greatest units. */
export function partsOf(seconds: number): { readonly days: number; readonly hours: number; readonly minutes: number } {
  const minutes = Math.floor(seconds / 60);
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
}
