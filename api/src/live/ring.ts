/** The last events in memory, so that a client that comes back soon costs the database nothing. */
import type { LiveEvent } from './queries.ts';

export class Ring {
  #events: LiveEvent[] = [];
  /** Every event after this position is here. */
  #from: number;

  constructor(
    readonly capacity: number,
    position: number,
  ) {
    this.#from = position;
  }

  /** @param events those that follow the last one, in order */
  push(events: readonly LiveEvent[]): void {
    this.#events.push(...events);
    // Dropped by halves: moving thousands for each new one would cost more than keeping them.
    if (this.#events.length <= this.capacity * 2) return;
    const dropped = this.#events.splice(0, this.#events.length - this.capacity);
    this.#from = dropped.at(-1)!.position;
  }

  /** The events after a position; null where some of them are no longer here. */
  after(position: number): readonly LiveEvent[] | null {
    if (position < this.#from) return null;
    // Positions have no gaps, so that an event's place follows from its position.
    const first = this.#events[0]?.position ?? position + 1;
    return this.#events.slice(Math.max(0, position + 1 - first));
  }
}
