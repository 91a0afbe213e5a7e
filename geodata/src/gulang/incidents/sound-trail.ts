/** For tests: what every trail must be. */
import type { TracedIncident } from '../../incidents/incident.ts';

/** Whether the trail begins with the report, ascends in time, passes no state twice in a row, and ends at the state. */
export function hasSoundTrail({ trail, state, state_at, reported_at }: TracedIncident): boolean {
  const [first, last] = [trail[0], trail.at(-1)];
  return (
    first?.state === 'reported' &&
    first.at * 1000 === reported_at.getTime() &&
    last?.state === state &&
    last.at * 1000 === state_at.getTime() &&
    trail.every((step, i) => i === 0 || (step.at >= trail[i - 1]!.at && step.state !== trail[i - 1]!.state))
  );
}
