import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Engine } from '@wangge/api/db/database';
import { openDatabase } from '@wangge/api/db/open';
import { Client } from 'pg';
import { loadFixtureCounty } from './county.ts';

export type Fixture = 'empty' | 'gulang';
export type Place = { readonly folder: string } | { readonly databaseUrl: string };

/** Makes each template once, when it is first asked for, and copies of it. */
export class Templates {
  readonly #temporary: string;
  readonly #cluster: () => Promise<string>;
  readonly #made = new Map<string, Promise<Place>>();

  /** @param cluster address of the PostgreSQL server; asked for when it is first needed */
  constructor(temporary: string, cluster: () => Promise<string>) {
    this.#temporary = temporary;
    this.#cluster = cluster;
  }

  async copy(engine: Engine, fixture: Fixture): Promise<Place> {
    return await this.#duplicate(await this.#template(engine, fixture));
  }

  async discard(place: Place): Promise<void> {
    if ('folder' in place) await rm(place.folder, { recursive: true, force: true });
    else await this.#administer(`DROP DATABASE IF EXISTS ${nameOf(place)} WITH (FORCE)`);
  }

  /** Of a server that is not ours: what was made there is dropped again. */
  async clear(): Promise<void> {
    for (const made of this.#made.values()) await made.then((place) => this.discard(place)).catch(() => undefined);
  }

  #template(engine: Engine, fixture: Fixture): Promise<Place> {
    const key = `${engine} ${fixture}`;
    const known = this.#made.get(key) ?? (fixture === 'empty' ? this.#makeEmpty(engine) : this.#makeGulang(engine));
    this.#made.set(key, known);
    return known;
  }

  async #makeEmpty(engine: Engine): Promise<Place> {
    const place = await this.#blank(engine);
    await (await openDatabase(place)).close();
    return place;
  }

  async #makeGulang(engine: Engine): Promise<Place> {
    const place = await this.copy(engine, 'empty');
    const database = await openDatabase({ ...place, statementTimeoutMs: 300_000 });
    try {
      await loadFixtureCounty(database);
    } finally {
      await database.close();
    }
    return place;
  }

  async #blank(engine: Engine): Promise<Place> {
    if (engine === 'embedded') return { folder: join(this.#temporary, `embedded-${randomUUID()}`) };
    const name = newName();
    await this.#administer(`CREATE DATABASE ${name}`);
    return await this.#placeOf(name);
  }

  async #duplicate(template: Place): Promise<Place> {
    if ('folder' in template) {
      const folder = join(this.#temporary, `embedded-${randomUUID()}`);
      await promisify(execFile)('cp', ['-r', '--reflink=auto', template.folder, folder]);
      return { folder };
    }
    const name = newName();
    await this.#administer(`CREATE DATABASE ${name} TEMPLATE ${nameOf(template)}`);
    return await this.#placeOf(name);
  }

  async #placeOf(name: string): Promise<Place> {
    const url = new URL(await this.#cluster());
    url.pathname = name;
    return { databaseUrl: url.href };
  }

  async #administer(statement: string): Promise<void> {
    const client = new Client(await this.#cluster());
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}

const newName = (): string => `wangge_test_${randomUUID().replaceAll('-', '')}`;
const nameOf = (place: { databaseUrl: string }): string => new URL(place.databaseUrl).pathname.slice(1);
