/** A reporting system that posts batch after batch, and posts again what it got no answer for. */
import type { IncidentReport, ReportAnswer } from '@wangge/api/incidents/schema';
import type { Random } from '@wangge/geodata/gulang/random';

const STATES = ['reported', 'accepted', 'assigned', 'in_progress', 'pending_check', 'closed'] as const;

type Report = Pick<IncidentReport, 'source' | 'external_id' | 'kind' | 'category' | 'state' | 'occurred_at' | 'point'>;

/** What the service has said yes to. */
export interface Acknowledged {
  readonly id: number;
  readonly state: string;
}

export class Writer {
  /** By key; the last answer counts. */
  readonly acknowledged = new Map<string, Acknowledged>();
  readonly #name: string;
  readonly #random: Random;
  /** How far along each of its reports is, as posted last. */
  readonly #stages: number[] = [];
  /** Posted, and no answer: it may have been written or not. */
  #unanswered: readonly Report[] | null = null;

  constructor(name: string, random: Random) {
    this.#name = name;
    this.#random = random;
  }

  get source(): string {
    return this.#name;
  }

  /**
   * Posts one batch, first of all the one that was not answered.
   * @returns the position of the answer, null where the connection broke
   * @throws where an answer is no success, or a batch turns out to have been written by half
   */
  async post(url: string): Promise<number | null> {
    const again = this.#unanswered;
    const reports = again ?? this.#draw();
    this.#unanswered = reports;
    let answer: ReportAnswer;
    try {
      const response = await fetch(`${url}/api/incidents`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ incidents: reports }),
      });
      const text = await response.text();
      if (response.status !== 200) throw new Refused(`${response.status}: ${text.slice(0, 500)}`);
      answer = JSON.parse(text) as ReportAnswer;
    } catch (error) {
      if (error instanceof Refused) throw error;
      return null;
    }
    this.#unanswered = null;
    const { unchanged, refused, results } = answer;
    if (refused > 0) throw new Refused(JSON.stringify(results.find(({ fate }) => fate === 'refused')));
    if (unchanged > 0 && (again === null || unchanged < results.length)) {
      throw new Refused(`${unchanged} of ${results.length} reports of one batch were there already`);
    }
    results.forEach(({ id }, i) => {
      const { external_id, state } = reports[i]!;
      this.acknowledged.set(external_id, { id: id!, state });
    });
    return answer.as_of;
  }

  /** Up to eight new reports, and some older ones a stage further. */
  #draw(): Report[] {
    const advanced = new Set<number>();
    for (let i = 0; i < 4 && this.#stages.length > 0; i++)
      advanced.add(Math.floor(this.#random() * this.#stages.length));
    for (const n of advanced) {
      if (this.#stages[n]! < STATES.length - 1) this.#stages[n]!++;
      else advanced.delete(n);
    }
    const fresh = 1 + Math.floor(this.#random() * 8);
    for (let i = 0; i < fresh; i++) advanced.add(this.#stages.push(0) - 1);
    return [...advanced].map((n) => ({
      source: this.#name,
      external_id: String(n),
      kind: 'event',
      category: 'road',
      state: STATES[this.#stages[n]!]!,
      occurred_at: new Date(Date.parse('2026-03-01T00:00:00Z') + n * 60_000).toISOString(),
      // In the two grids of the small profile.
      point: { lon: 103.0001 + (n % 199) * 1e-4, lat: 37.0001 + (n % 97) * 1e-4, crs: '4490' },
    }));
  }
}

class Refused extends Error {}
