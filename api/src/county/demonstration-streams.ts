/**
 * The streams of reports that a demonstration is made of: the reporting year, and for each later day one stream a rate.
 * A report's external_id tells its stream, so that what is stored can be brought forward whatever the rate is now.
 */
import type { IsoDay } from '@wangge/geodata/county/county';
import { dayReports } from '@wangge/geodata/gulang/incidents/day';
import type { World } from '@wangge/geodata/gulang/incidents/places';
import type { TracedIncident } from '@wangge/geodata/incidents/incident';
import { addDays, dayOf } from './day.ts';

/** A day's reports at a rate, as `dayReports` generates them. */
export interface Stream {
  readonly day: IsoDay;
  /** Reports an hour. */
  readonly rate: number;
}

/** States still move that long after a report: weeks until it is closed, two months until it goes to the archive. */
export const MOVING_DAYS = 130;

/** `20261123-r24-00017` is of the stream of 2026-11-23 at 24 an hour; null for the reporting year's. */
export function streamOf(externalId: string): Stream | null {
  const parts = /^(\d{4})(\d\d)(\d\d)-r(\d+(?:\.\d+)?)-\d+$/.exec(externalId);
  return parts && { day: `${parts[1]}-${parts[2]}-${parts[3]}`, rate: Number(parts[4]) };
}

export interface Generation {
  readonly world: World;
  readonly seed: number;
  readonly anchor: IsoDay;
}

export const reportsOf = ({ world, seed, anchor }: Generation, { day, rate }: Stream, asOf: Date): TracedIncident[] =>
  dayReports(world, { seed, anchor, day, asOf, perHour: rate });

const keyOf = ({ day, rate }: Stream): string => `${day} ${rate}`;

/**
 * What may be new at each look: reports of today and yesterday at every look, and in turn one stream of an earlier day,
 * whose states move in hours. So a look takes some hundredths of a second however much is moving.
 */
export class DueReports {
  readonly #streams = new Map<string, Stream>();
  readonly #generation: Generation;
  readonly #live: { readonly rate: number; readonly since: Date; readonly timeZone: string };
  #turn = 0;

  /**
   * @param moving external_ids of what is stored and may still change
   * @param live new reports are those of this rate that come in after `since`
   */
  constructor(
    generation: Generation,
    moving: Iterable<string>,
    live: { readonly rate: number; readonly since: Date; readonly timeZone: string },
  ) {
    this.#generation = generation;
    this.#live = live;
    for (const id of moving) this.#add(streamOf(id));
    // A report can come in some days after its own.
    const day = dayOf(live.since, live.timeZone);
    for (let back = 7; back >= 0; back--) this.#add({ day: addDays(day, -back), rate: live.rate });
  }

  /** @param stored whether a report of this external_id is stored */
  at(asOf: Date, stored: (externalId: string) => boolean): TracedIncident[] {
    const day = dayOf(asOf, this.#live.timeZone);
    const fresh = [day, addDays(day, -1)].map((each) => ({ day: each, rate: this.#live.rate }));
    for (const stream of fresh) this.#add(stream);
    const oldest = addDays(day, -MOVING_DAYS);
    for (const [key, stream] of this.#streams) if (stream.day < oldest) this.#streams.delete(key);
    const earlier = [...this.#streams.values()].filter(
      (stream) => !fresh.some((each) => keyOf(each) === keyOf(stream)),
    );
    this.#turn = (this.#turn + 1) % Math.max(1, earlier.length);
    const looked = [...fresh, earlier[this.#turn]].filter((stream) => stream !== undefined);
    return looked
      .filter((stream) => stream.day > this.#generation.anchor)
      .flatMap((stream) =>
        reportsOf(this.#generation, stream, asOf).filter(
          (report) =>
            stored(report.external_id) || (stream.rate === this.#live.rate && report.reported_at > this.#live.since),
        ),
      );
  }

  #add(stream: Stream | null): void {
    if (stream) this.#streams.set(keyOf(stream), stream);
  }
}
