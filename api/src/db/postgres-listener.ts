import { Client } from 'pg';
import { CHANNEL } from './database.ts';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

/** A connection of its own that listens, and is opened again for as long as it takes when it breaks. */
export class PostgresListener {
  readonly #url: string;
  readonly #heard: (notified: boolean) => void;
  #client: Client | null = null;
  #retry: NodeJS.Timeout | undefined;
  #waitMs = FIRST_RETRY_MS;
  #closed = false;
  #opening: Promise<void>;

  /** @param heard called for each notification, and after each opening: what came meanwhile was not heard */
  constructor(url: string, heard: (notified: boolean) => void) {
    this.#url = url;
    this.#heard = heard;
    this.#opening = this.#open();
  }

  async #open(): Promise<void> {
    const client = new Client({
      connectionString: this.#url,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      application_name: 'wangge listener',
    });
    let lost = false;
    const lose = (): void => {
      if (lost) return;
      lost = true;
      if (this.#client === client) this.#client = null;
      client.end().catch(() => undefined);
      this.#later();
    };
    client.on('error', lose);
    client.on('end', lose);
    client.on('notification', () => this.#heard(true));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch {
      lose();
      return;
    }
    if (this.#closed) {
      lost = true;
      await client.end().catch(() => undefined);
      return;
    }
    if (lost) return;
    this.#client = client;
    this.#waitMs = FIRST_RETRY_MS;
    this.#heard(false);
  }

  #later(): void {
    if (this.#closed) return;
    this.#retry = setTimeout(() => {
      this.#opening = this.#open();
    }, this.#waitMs);
    this.#waitMs = Math.min(LAST_RETRY_MS, this.#waitMs * 2);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#opening;
    await this.#client?.end().catch(() => undefined);
  }
}
