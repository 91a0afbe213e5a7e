/** The whole life of a report, drawn at once, so that its state at any time is a pure function. */
import type { Kind, State, Step, Urgency } from '../../incidents/incident.ts';
import type { Random } from '../random.ts';

/** Begins with `reported` and ascends in time. */
export type Life = readonly Step[];

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Closed incidents go to the archive after so long. */
const ARCHIVED_AFTER = 60 * DAY;

// Median time from report to end.
const MEDIAN: Readonly<Record<Urgency, number>> = { normal: 3 * DAY, urgent: 20 * HOUR, critical: 7 * HOUR };
/** The county reports 5.65 days on average for pre-litigation cases; other disputes are taken to need about as long. */
const DISPUTE_MEDIAN = 4.4 * DAY;

// Parts of the way from report to end at which a state is reached.
const COURSE: readonly (readonly [State, number])[] = [
  ['accepted', 0.05],
  ['assigned', 0.12],
  ['in_progress', 0.22],
  ['pending_check', 0.8],
  ['feedback', 0.92],
  ['closed', 1],
];

/** The steps that are reached by a second; none before the report. */
export function stepsBy(life: Life, second: number): Life {
  const reached = life.findLastIndex((step) => step.at <= second) + 1;
  return reached === life.length ? life : life.slice(0, reached);
}

/** @param normal standard normal numbers from the same stream as `uniform`. */
export function drawLife(kind: Kind, urgency: Urgency, reported: number, uniform: Random, normal: () => number): Life {
  const first: Step = { state: 'reported', at: reported };
  if (kind === 'collection') {
    // A record is looked over and filed, most on the same day.
    return [first, { state: 'closed', at: reported + Math.round(5 * MINUTE + 2 * HOUR * uniform() ** 3) }];
  }
  const end = early(kind, uniform());
  if (end) return [first, { state: end, at: reported + Math.round(20 * MINUTE + 10 * HOUR * uniform()) }];
  const median = kind === 'dispute' ? DISPUTE_MEDIAN : MEDIAN[urgency];
  const whole = Math.max(40 * MINUTE, Math.min(40 * DAY, median * Math.exp(0.75 * normal())));
  return courseOf(first, whole, uniform());
}

/** Ends without being dealt with: a few events, hardly a dispute. */
function early(kind: Kind, u: number): State | null {
  const [rejected, duplicate, cancelled] = kind === 'event' ? [0.013, 0.011, 0.003] : [0.002, 0.002, 0];
  if (u < rejected) return 'rejected';
  if (u < rejected + duplicate) return 'duplicate';
  return u < rejected + duplicate + cancelled ? 'cancelled' : null;
}

/** @param turn of [0, 1): 3 % are returned and assigned anew, 1.2 % suspended for weeks. */
function courseOf(first: Step, whole: number, turn: number): Life {
  const life: Step[] = [first];
  let late = 0;
  for (const [state, part] of COURSE) {
    const at = Math.round(first.at + part * whole + late);
    if (state === 'in_progress' && turn < 0.03) {
      life.push({ state: 'returned', at }, { state: 'assigned', at: at + Math.round(0.08 * whole) });
      late = Math.round(0.15 * whole);
      life.push({ state, at: at + late });
    } else if (state === 'pending_check' && turn > 0.988) {
      const pause = Math.round((15 + 3500 * (turn - 0.988)) * DAY);
      life.push({ state: 'suspended', at: Math.round(first.at + 0.4 * whole) });
      life.push({ state: 'in_progress', at: Math.round(first.at + 0.4 * whole) + pause });
      late = pause;
      life.push({ state, at: at + late });
    } else life.push({ state, at });
  }
  const closed = life.at(-1)!;
  return [...life, { state: 'archived', at: closed.at + ARCHIVED_AFTER }];
}

/** When a life reaches `closed`; null where it never does. */
export const closedAt = (life: Life): number | null => life.find((step) => step.state === 'closed')?.at ?? null;

/** The same life, quicker, so that it is closed by a second after its report. */
export function closedBy(life: Life, second: number): Life {
  const reported = life[0]!.at;
  const part = (second - reported) / (closedAt(life)! - reported);
  const nearer = life
    .filter((step) => step.state !== 'archived')
    .map((step) => ({ ...step, at: reported + Math.floor((step.at - reported) * part) }));
  return [...nearer, { state: 'archived', at: nearer.at(-1)!.at + ARCHIVED_AFTER }];
}

/** A life that stops before its end, for good. */
export function unresolved(life: Life, last: 'in_progress' | 'suspended'): Life {
  const reached = life.findIndex((step) => step.state === 'in_progress');
  const going = life.slice(0, reached + 1);
  const step = going.at(-1)!;
  return last === 'suspended' ? [...going, { state: 'suspended', at: step.at + 2 * DAY }] : going;
}
