/**
 * The incidents that the page holds: everything that occurred from some second on, as columns. Figures, charts, heat,
 * points and lists are computed from them, so that brushing, filtering and playback ask nobody. One for the page, outside
 * React; `useHeld` reads it.
 */
import { applyChanges, type IncidentRecord } from '@wangge/geodata/incidents/build';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { type DatedColumns, decodeColumns } from '@wangge/geodata/incidents/encode';
import { rowAt, windowOf } from '@wangge/geodata/incidents/window';
import { askBytes } from '../ui/request.ts';

export interface Held {
  readonly columns: IncidentColumns;
  /** The live position that the columns contain. */
  readonly asOf: number;
  /** Second since 1970-01-01T00:00:00Z: everything that occurred at or after it is held. */
  readonly from: number;
}

/** Beyond every incident: columns end in 2106. */
const LAST_SECOND = 0xffffffff;

/** Asks for everything that occurred at or after a second. */
export type AskColumns = (from: number) => Promise<DatedColumns>;

const askServer: AskColumns = async (from) => {
  const since = new Date(from * 1000).toISOString().replace('.000Z', 'Z');
  const bytes = await askBytes(
    `/api/incidents/columns?from=${since}&to=2105-12-31`,
    // Shared by the whole page: it is never given up for one panel.
    new AbortController().signal,
  );
  return decodeColumns(bytes);
};

export class HeldIncidents {
  #held: Held | null = null;
  readonly #ask: AskColumns;
  readonly #listeners = new Set<() => void>();
  /** What is being loaded, and the changes that came meanwhile. */
  #loading: { readonly from: number; readonly done: Promise<void> } | null = null;
  #meanwhile: { readonly asOf: number; readonly changes: readonly IncidentRecord[] }[] = [];

  constructor(ask: AskColumns = askServer) {
    this.#ask = ask;
  }

  get = (): Held | null => this.#held;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Holds everything from a second on; asks nothing where that is held, or on its way, already.
   * @throws ApiError where the columns do not come; what is held stays.
   */
  async load(from: number): Promise<void> {
    if (this.#held && this.#held.from <= from) return;
    if (this.#loading && this.#loading.from <= from) return await this.#loading.done;
    await this.#fetch(Math.min(from, this.#held?.from ?? from));
  }

  /** Asks anew for what is held, e.g. when changes were missed; nothing where nothing is. */
  async reload(): Promise<void> {
    const from = this.#loading?.from ?? this.#held?.from;
    if (from !== undefined) await this.#fetch(from);
  }

  /**
   * Adds incidents, or puts them in the place of those with the same id. What the columns contain already is passed over.
   * @param asOf the live position after the changes
   */
  apply(asOf: number, changes: readonly IncidentRecord[]): void {
    if (this.#loading) this.#meanwhile.push({ asOf, changes });
    if (this.#held === null || asOf <= this.#held.asOf) return;
    try {
      this.#put({ ...changed(this.#held, changes), asOf });
    } catch {
      // A word that the dictionary of the columns lacks: the county has a new division or category.
      void this.reload().catch(() => {});
    }
  }

  async #fetch(from: number): Promise<void> {
    const before = this.#loading?.done ?? Promise.resolve();
    if (this.#loading === null) this.#meanwhile = [];
    const done = before
      .catch(() => {})
      .then(async () => {
        const { columns, asOf } = await this.#ask(from);
        // An answer may have been on its way while newer changes came by the stream.
        let held: Held = { columns, asOf, from };
        for (const late of this.#meanwhile) {
          if (late.asOf > held.asOf) held = { ...changed(held, late.changes), asOf: late.asOf };
        }
        this.#put(held);
      });
    const loading = { from, done };
    this.#loading = loading;
    try {
      await done;
    } finally {
      if (this.#loading === loading) this.#loading = null;
    }
  }

  #put(held: Held): void {
    this.#held = held;
    for (const listener of this.#listeners) listener();
  }
}

/** What changed may now lie before all that is held; it is then no longer part of it. */
function changed(held: Held, changes: readonly IncidentRecord[]): Held {
  const columns = applyChanges(held.columns, changes);
  return { ...held, columns: rowAt(columns, held.from) === 0 ? columns : windowOf(columns, held.from, LAST_SECOND) };
}

/** Incidents of `then`'s stretch that `now` holds and `then` did not. */
export function arrivedSince(then: Held, now: Held): number {
  const from = Math.max(then.from, now.from);
  const count = ({ columns }: Held) => columns.length - rowAt(columns, from);
  return Math.max(0, count(now) - count(then));
}

/** The one of the page. */
export const heldIncidents = new HeldIncidents();
