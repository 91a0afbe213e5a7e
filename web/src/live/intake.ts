/**
 * Changes on their way from the stream to the columns: gathered, and applied together in one animation frame, so that a
 * burst is one repaint. While nobody looks they are only gathered.
 */
import type { IncidentRecord } from '@wangge/geodata/incidents/build';
import type { Clock } from './clock.ts';
import type { Changes } from './wire.ts';

/** A third of a second between two pictures can be followed by eye; a report still stands well within two seconds. */
export const APPLY_EVERY_MS = 300;
/** Beyond so many incidents it is cheaper to ask for the changes when somebody looks again than to keep them. */
export const MOST_KEPT = 20_000;

export interface Batch {
  readonly asOf: number;
  /** The last state of each incident, in the order in which they last changed. */
  readonly records: readonly IncidentRecord[];
  /** Those that are told as they happen; the others were caught up with. */
  readonly news: ReadonlySet<number>;
}

export class Intake {
  readonly #clock: Clock;
  readonly #apply: (batch: Batch) => void;
  readonly #overflow: () => void;
  readonly #records = new Map<number, IncidentRecord>();
  readonly #news = new Set<number>();
  #asOf = 0;
  #filled = false;
  #held = false;
  #last = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;

  /** @param overflow more is gathered than is worth keeping; the intake is then empty */
  constructor(clock: Clock, apply: (batch: Batch) => void, overflow: () => void) {
    this.#clock = clock;
    this.#apply = apply;
    this.#overflow = overflow;
  }

  add({ asOf, incidents }: Changes, news: boolean): void {
    for (const record of incidents) {
      // Taken out first, so that the order is that of the last change.
      this.#records.delete(record.id);
      this.#records.set(record.id, record);
      if (news) this.#news.add(record.id);
    }
    this.#asOf = Math.max(this.#asOf, asOf);
    this.#filled = true;
    if (this.#held && this.#records.size > MOST_KEPT) {
      this.drop();
      this.#overflow();
    } else this.#plan();
  }

  /** Keeps what comes, and applies nothing until `release`. */
  hold(): void {
    this.#held = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  release(): void {
    this.#held = false;
    this.#plan();
  }

  /** Forgets what is gathered: what is held now contains it, or it will be asked for again. */
  drop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#records.clear();
    this.#news.clear();
    this.#filled = false;
  }

  #flush(): void {
    const batch: Batch = { asOf: this.#asOf, records: [...this.#records.values()], news: new Set(this.#news) };
    this.drop();
    this.#last = this.#clock.now();
    this.#apply(batch);
  }

  #plan(): void {
    if (this.#held || !this.#filled || this.#cancel !== null) return;
    const wait = Math.max(0, this.#last + APPLY_EVERY_MS - this.#clock.now());
    this.#cancel = this.#clock.frame(wait, () => this.#flush());
  }
}
