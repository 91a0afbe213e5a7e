/** Posts the demonstration's reports through the public API as they happen, and their later states. */
import type { Incident } from '@wangge/geodata/incidents/incident';

/** What the generator needs of the world around it; tests give it another clock and another post office. */
export interface GeneratorParts {
  clock(): Date;
  /** Reports that may be new or have moved by an instant, as they then stand. */
  reports(asOf: Date, stored: (externalId: string) => boolean): Iterable<Incident>;
  /** Hands reports in; rejects where none of them arrived. */
  post(incidents: readonly Incident[]): Promise<void>;
  /** Rejects once another process may hold the seat. */
  stillSeated(): Promise<void>;
  /** Resolves after a while, or at once when stopped. */
  wait(ms: number): Promise<void>;
  failed(error: unknown): void;
}

/** A report reaches the map at most this long after its time. */
export const TICK_MS = 20_000;
const BATCH = 200;

export class Generator {
  #stopped = false;
  readonly #parts: GeneratorParts;
  /** What the database is known to hold: state by external_id. */
  readonly #posted: Map<string, string>;

  /** @param stored state by external_id of the reports that are stored already */
  constructor(parts: GeneratorParts, stored: ReadonlyMap<string, string>) {
    this.#parts = parts;
    this.#posted = new Map(stored);
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Until stopped, or until the seat is lost. A failed post is tried again at the next tick: nothing is left out. */
  async run(): Promise<void> {
    const { clock, wait, stillSeated, failed } = this.#parts;
    while (!this.#stopped) {
      await stillSeated();
      try {
        await this.#postNews(clock());
      } catch (error) {
        failed(error);
      }
      if (!this.#stopped) await wait(TICK_MS);
    }
  }

  async #postNews(now: Date): Promise<void> {
    const news = [...this.#parts.reports(now, (id) => this.#posted.has(id))]
      .filter((report) => this.#posted.get(report.external_id) !== report.state)
      .sort((a, b) => a.state_at.getTime() - b.state_at.getTime());
    for (let i = 0; i < news.length && !this.#stopped; i += BATCH) {
      const batch = news.slice(i, i + BATCH);
      await this.#parts.post(batch);
      for (const report of batch) this.#posted.set(report.external_id, report.state);
    }
  }
}
