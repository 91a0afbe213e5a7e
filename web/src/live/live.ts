/**
 * Keeps the held columns level with the server: runs the link over a transport and a clock, and hands what comes to the
 * columns. One for the page, outside React.
 *
 * Every tab that is seen has a stream of its own. Electing one tab to lead needs Web Locks, which browsers offer over
 * HTTPS and on the same machine only, not on a county's intranet; instead a tab that nobody looks at hangs up after a
 * minute, so that forgotten tabs do not use up the few connections that a browser opens to one server.
 */
import type { IncidentRecord } from '@wangge/geodata/incidents/build';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { ApiError } from '../ui/request.ts';
import type { Clock } from './clock.ts';
import { type Batch, Intake } from './intake.ts';
import { type Effect, FIRST_LINK, type Link, type LinkEvent, step } from './link.ts';
import { Crowded, type Transport } from './transport.ts';

/** A tab that is not seen keeps its stream for so long: switching to and fro costs nothing. */
export const REST_AFTER_MS = 60_000;

/** The columns as the live side needs them. */
export interface HeldColumns {
  get(): { readonly columns: IncidentColumns; readonly asOf: number } | null;
  subscribe(listener: () => void): () => void;
  /** Leaves `asOf` as it is where a record has no place in the columns. */
  apply(asOf: number, changes: readonly IncidentRecord[]): void;
  reload(): Promise<void>;
}

/** What has just been applied. */
export interface Applied {
  readonly asOf: number;
  /** Incidents that were not held before. */
  readonly added: readonly IncidentRecord[];
  /** Later states of incidents that were. */
  readonly changed: readonly IncidentRecord[];
  /** Ids of those that were told as they happened; the others were caught up with. */
  readonly news: ReadonlySet<number>;
}

export interface LiveParts {
  readonly transport: Transport;
  readonly held: HeldColumns;
  readonly clock: Clock;
  /** Numbers from [0, 1). */
  readonly random: () => number;
}

export class Live {
  readonly #parts: LiveParts;
  readonly #intake: Intake;
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<(applied: Applied) => void>();
  #link = FIRST_LINK;
  #stream: AbortController | null = null;
  #fill: AbortController | null = null;
  #due: { readonly at: number; readonly cancel: () => void } | null = null;
  #rest: (() => void) | null = null;
  #onGround: () => void = () => {};

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#intake = new Intake(
      parts.clock,
      (batch) => this.#apply(batch),
      () => this.#goToRest(),
    );
  }

  /**
   * Follows the columns from when they are first held.
   *
   * @param onGround divisions, grids, staff, dwellings or centres have changed
   * @returns how to stop
   */
  start(onGround: () => void): () => void {
    this.#onGround = onGround;
    const hold = () => {
      const held = this.#parts.held.get();
      if (held) this.#send({ type: 'held', position: held.asOf });
    };
    const leave = this.#parts.held.subscribe(hold);
    hold();
    return () => {
      leave();
      this.#rest?.();
      this.#due?.cancel();
      this.#stream?.abort();
      this.#fill?.abort();
      this.#intake.drop();
      this.#due = null;
      this.#link = FIRST_LINK;
    };
  }

  /** The page is seen, or no longer. */
  see(seen: boolean): void {
    this.#rest?.();
    this.#rest = null;
    if (seen) {
      this.#intake.release();
      this.#send({ type: 'wake' });
    } else {
      this.#intake.hold();
      this.#rest = this.#parts.clock.after(REST_AFTER_MS, () => this.#goToRest());
    }
  }

  /** The browser says that there is a network, or none. */
  reach(online: boolean): void {
    this.#send({ type: online ? 'wake' : 'offline' });
  }

  get link(): Link {
    return this.#link;
  }

  /** Told at each change of the link. @returns how to stop listening */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Told after changes were applied. @returns how to stop listening */
  listen(listener: (applied: Applied) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #goToRest(): void {
    const held = this.#parts.held.get();
    if (held === null) return;
    this.#intake.drop();
    this.#send({ type: 'rest', position: held.asOf });
  }

  #send(event: LinkEvent): void {
    const { clock, random } = this.#parts;
    const before = this.#link;
    const [link, effects] = step(before, event, clock.now(), random());
    this.#link = link;
    if (link.until !== (this.#due?.at ?? null)) {
      this.#due?.cancel();
      const { until } = link;
      this.#due = until === null ? null : { at: until, cancel: this.#tickAt(until) };
    }
    for (const effect of effects) this.#run(effect);
    if (link !== before) for (const watcher of this.#watchers) watcher();
  }

  #tickAt(until: number): () => void {
    return this.#parts.clock.after(Math.max(0, until - this.#parts.clock.now()), () => {
      this.#due = null;
      this.#send({ type: 'tick' });
    });
  }

  #run(effect: Effect): void {
    switch (effect.do) {
      case 'connect':
        void this.#connect(effect.after);
        break;
      case 'hang-up':
        this.#stream?.abort();
        this.#stream = null;
        break;
      case 'fill':
        void this.#fillBy(effect.by, effect.after);
        break;
      case 'forget-fill':
        this.#fill?.abort();
        this.#fill = null;
        break;
      case 'apply':
        this.#intake.add(effect.changes, effect.news);
        break;
      case 'ground':
        this.#onGround();
        break;
    }
  }

  async #connect(after: number): Promise<void> {
    this.#stream?.abort();
    const own = new AbortController();
    this.#stream = own;
    // What an abandoned stream still says, or how it ends, is nobody's business.
    const send = (event: LinkEvent) => {
      if (this.#stream === own) this.#send(event);
    };
    try {
      await this.#parts.transport.stream(after, (message) => send({ type: 'message', message }), own.signal);
      send({ type: 'closed' });
    } catch (error) {
      send(error instanceof Crowded ? { type: 'crowded', retryAfter: error.retryAfter } : { type: 'closed' });
    }
  }

  async #fillBy(by: 'changes' | 'reload', after: number): Promise<void> {
    this.#fill?.abort();
    const own = new AbortController();
    this.#fill = own;
    const send = (event: LinkEvent) => {
      if (this.#fill === own) this.#send(event);
    };
    try {
      if (by === 'changes') {
        const changes = await this.#parts.transport.changes(after, own.signal);
        if (this.#fill !== own) return;
        if (changes.incidents.length > 0) this.#intake.add(changes, false);
        send({ type: 'filled', asOf: changes.asOf, at: changes.at });
      } else {
        await this.#parts.held.reload();
        if (this.#fill !== own) return;
        // The columns that are held now contain it.
        this.#intake.drop();
        send({ type: 'filled', asOf: this.#parts.held.get()?.asOf ?? after, at: null });
      }
    } catch (error) {
      send({ type: 'unfilled', gone: by === 'changes' && error instanceof ApiError && error.status === 410 });
    }
  }

  #apply({ asOf, records, news }: Batch): void {
    const held = this.#parts.held.get();
    // What was loaded meanwhile is newer.
    if (held === null || asOf <= held.asOf) return;
    const known = knownOf(held.columns, records);
    this.#parts.held.apply(asOf, records);
    // A word that the columns do not know: they stand where they stood.
    if ((this.#parts.held.get()?.asOf ?? 0) < asOf) {
      this.#send({ type: 'unusable', position: held.asOf });
      return;
    }
    const added = records.filter(({ id }) => !known.has(id));
    const changed = records.filter(({ id }) => known.has(id));
    for (const listener of this.#listeners) listener({ asOf, added, changed, news });
  }
}

/** The ids that the columns hold already. */
function knownOf(columns: IncidentColumns, records: readonly IncidentRecord[]): ReadonlySet<number> {
  const wanted = new Set(records.map(({ id }) => id));
  const known = new Set<number>();
  for (let row = 0; row < columns.length && known.size < wanted.size; row++) {
    if (wanted.has(columns.id[row]!)) known.add(columns.id[row]!);
  }
  return known;
}
