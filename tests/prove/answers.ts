/** What a server answers from its read models, to compare it with another's, or with its own after a rebuild. */
import { decodeColumns } from '@wangge/geodata/incidents/encode';
import { expect } from 'vitest';
import type { Acknowledged } from './writer.ts';

const WINDOW = 'from=2026-03-01&to=2026-12-31';
const PATHS = [
  '/api/county',
  `/api/incidents/columns?${WINDOW}`,
  `/api/overview?${WINDOW}&by=grid`,
  `/api/overview?${WINDOW}&by=village`,
  '/ogc/collections/grids/items',
  '/ogc/collections/incidents/items?limit=10000',
];

/** The answers' bytes as text, without the addresses and the time of asking. */
export async function answersOf(url: string): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const path of PATHS) {
    const answer = await fetch(url + path);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.status, `${path}: ${bytes.subarray(0, 300)}`).toBe(200);
    answers[path] = bytes
      .toString('latin1')
      .replaceAll(url, '')
      .replace(/"(at|timeStamp)":"[^"]*"/g, '"$1":""');
  }
  return answers;
}

/** Every acknowledged report stands in the columns that the server sends, and as many reports as there are. */
export async function expectHeld(
  url: string,
  acknowledged: Iterable<readonly [key: string, Acknowledged]>,
): Promise<void> {
  const answer = await fetch(`${url}/api/incidents/columns?${WINDOW}`);
  const { columns } = decodeColumns(new Uint8Array(await answer.arrayBuffer()));
  const held = new Set(columns.id.subarray(0, columns.length));
  const lost = [...acknowledged].filter(([, { id }]) => !held.has(id)).map(([key]) => key);
  expect(lost, 'acknowledged reports that the server does not know').toEqual([]);
}
