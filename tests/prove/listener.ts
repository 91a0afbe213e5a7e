/** A client of the event stream that outlives the server: it comes back by the last id that it was told. */
import { type ClientRequest, get } from 'node:http';
import type { WireIncident } from '@wangge/geodata/incidents/wire';

/** What one event told: all that happened after the event before it, up to its position. */
export interface Told {
  readonly event: string;
  readonly position: number;
  readonly incidents: readonly WireIncident[];
}

export class Listener {
  /** Every event with an id but beats, in the order in which they came, over all connections. */
  readonly told: Told[] = [];
  /** Where it stood when it first came: what happened later is what it must be told. */
  from: number | null = null;
  /** Greatest position that it was told. */
  position = 0;
  #request: ClientRequest | null = null;
  readonly #waiting = new Set<() => void>();

  /** Opens the stream; resolves when the first event is there, or with false where the connection broke before. */
  async open(url: string): Promise<boolean> {
    const path = this.from === null ? '/api/live' : `/api/live?after=${this.position}`;
    return await new Promise((resolve, reject) => {
      const request = get(url + path, { agent: false }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`${path} answered ${answer.statusCode}`));
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          text += chunk;
          // What is cut off in the middle is never taken: it comes again.
          for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
            this.#take(text.slice(0, end));
            text = text.slice(end + 2);
            if (this.from !== null) resolve(true);
          }
        });
        answer.on('error', () => resolve(false));
        answer.on('close', () => resolve(false));
      });
      request.on('error', () => resolve(false));
      this.#request = request;
    });
  }

  close(): void {
    this.#request?.destroy();
  }

  /** Resolves when it has been told of everything up to a position. */
  async reaches(position: number): Promise<void> {
    while (this.position < position) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  #take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const event = field('event');
    if (event === undefined) return;
    const data = JSON.parse(field('data')!) as { as_of: number; incidents?: readonly WireIncident[] };
    if (event === 'hello') {
      if (this.from === null) {
        this.from = data.as_of;
        this.position = data.as_of;
      }
      return;
    }
    const id = field('id');
    if (id === undefined) return;
    if (event !== 'beat') this.told.push({ event, position: Number(id), incidents: data.incidents ?? [] });
    this.position = Math.max(this.position, Number(id));
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
