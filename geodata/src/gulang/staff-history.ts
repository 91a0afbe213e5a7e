import type { Absence, Assignment, Grid, IsoDay, Worker } from '../county/county.ts';
import { addDays } from './calendar.ts';
import type { Random } from './random.ts';

/** Collects assignments and absences; draws their days. */
export class History {
  readonly assignments: Assignment[] = [];
  readonly absences: Absence[] = [];
  readonly #uniform: Random;
  readonly #anchor: IsoDay;
  /** First day of each worker's present post: nobody is away or covers before it. */
  readonly #posted = new Map<number, IsoDay>();

  constructor(uniform: Random, anchor: IsoDay) {
    this.#uniform = uniform;
    this.#anchor = anchor;
  }

  /** A day so many days from the anchor. */
  #day(from: number, to: number): IsoDay {
    return addDays(this.#anchor, Math.floor(from + (to - from) * this.#uniform()));
  }

  #inPost(worker: Worker, day: IsoDay): IsoDay {
    const posted = this.#posted.get(worker.id)!;
    return posted > day ? posted : day;
  }

  #hired(): IsoDay {
    // Most were posted when the grids were coded, one in twelve within the year.
    return this.#uniform() < 1 / 12 ? this.#day(-340, -10) : this.#day(-1400, -400);
  }

  post(worker: Worker, grid: Grid): void {
    const from = this.#hired();
    this.#posted.set(worker.id, from);
    this.assignments.push({ worker_id: worker.id, grid_id: grid.id, duty: 'own', from, to: null });
  }

  /** Disjoint pairs of neighbours in code order, with the day on which they change places. */
  pairs(grids: readonly Grid[], n: number): Map<Grid, { grid: Grid; day: IsoDay }> {
    const partners = new Map<Grid, { grid: Grid; day: IsoDay }>();
    const stride = Math.floor(grids.length / n);
    for (let k = 0; k < n; k++) {
      const [a, b] = [grids[k * stride]!, grids[k * stride + 1]!];
      const day = this.#day(-330, -20);
      partners.set(a, { grid: b, day }).set(b, { grid: a, day });
    }
    return partners;
  }

  moved(worker: Worker, before: Grid, after: Grid, day: IsoDay): void {
    this.#posted.set(worker.id, day);
    const own = { worker_id: worker.id, duty: 'own' } as const;
    this.assignments.push({ ...own, grid_id: before.id, from: this.#day(-1400, -400), to: day });
    this.assignments.push({ ...own, grid_id: after.id, from: day, to: null });
  }

  /** Away on the anchor day and for a while after it. */
  away(worker: Worker): void {
    const reason = (['leave', 'sick', 'training', 'seconded'] as const)[Math.floor(4 * this.#uniform())]!;
    const long = reason === 'seconded' || reason === 'sick';
    this.absences.push({
      worker_id: worker.id,
      reason,
      from: this.#inPost(worker, this.#day(long ? -90 : -9, 0)),
      to: long ? null : this.#day(2, 12),
    });
  }

  /** Covers a grid on the anchor day: as long as its own worker is away, or with no end where it has none. */
  cover(worker: Worker, grid: Grid, absent: Worker | null): void {
    const absence = absent && this.absences.findLast((a) => a.worker_id === absent.id);
    this.assignments.push({
      worker_id: worker.id,
      grid_id: grid.id,
      duty: 'cover',
      from: this.#inPost(worker, absence ? absence.from : this.#day(-200, -30)),
      to: absence ? absence.to : null,
    });
  }

  /** One in six was on leave once during the year and is back. */
  pastLeave(worker: Worker): void {
    if (this.#uniform() >= 1 / 6) return;
    const first = -330 + Math.floor(300 * this.#uniform());
    const from = addDays(this.#anchor, first);
    const to = addDays(this.#anchor, first + 3 + Math.floor(12 * this.#uniform()));
    const reason = this.#uniform() < 0.7 ? 'leave' : 'training';
    if (this.#inPost(worker, from) === from) this.absences.push({ worker_id: worker.id, reason, from, to });
  }

  /** Of the others about one in twenty is away on the anchor day. */
  leaves(worker: Worker): void {
    if (this.#uniform() < 0.05) this.away(worker);
    else this.pastLeave(worker);
  }
}
