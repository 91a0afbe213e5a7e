import { buildColumns, type IncidentRecord } from '@wangge/geodata/incidents/build';
import { windowOf } from '@wangge/geodata/incidents/window';
import { expect, test } from 'vitest';
import { arrivedSince, HeldIncidents } from './held.ts';

const DICTIONARY = { areas: ['1'], categories: ['a'] };
const record = (id: number, second: number, category = 'a'): IncidentRecord => ({
  id,
  occurred_at: new Date(second * 1000),
  point: null,
  grid_id: 1,
  village_code: null,
  township_code: null,
  category,
  kind: 'event',
  urgency: 'normal',
  state: 'reported',
});

/** A server whose answers are given when the test says so. */
function server() {
  const asked: { from: number; answer: (records: IncidentRecord[], asOf: number) => void; fail: () => void }[] = [];
  const held = new HeldIncidents(
    (from) =>
      new Promise((resolve, reject) => {
        asked.push({
          from,
          answer: (records, asOf) => {
            const all = buildColumns(records, DICTIONARY);
            resolve({ columns: windowOf(all, from, 0xffffffff), asOf });
          },
          fail: () => reject(new Error('no answer')),
        });
      }),
  );
  return { asked, held };
}
const ids = (held: HeldIncidents) => [...held.get()!.columns.id];
/** All promises that are settled have been heard. */
const heard = () => new Promise((resolve) => setTimeout(resolve));

test('asks once for what it lacks, and nothing for what is held', async () => {
  const { asked, held } = server();
  const loads = [held.load(100), held.load(150)];
  await heard();
  expect(asked.map(({ from }) => from)).toEqual([100]);
  asked[0]!.answer([record(1, 120), record(2, 90)], 5);
  await Promise.all(loads);
  expect(held.get()).toMatchObject({ asOf: 5, from: 100 });
  expect(ids(held)).toEqual([1]);
  await held.load(100);
  const wider = held.load(50);
  await heard();
  asked[1]!.answer([record(1, 120), record(2, 90)], 6);
  await wider;
  expect(ids(held)).toEqual([2, 1]);
});

test('changes replace and add, tell the listeners, and are passed over when they are contained already', async () => {
  const { asked, held } = server();
  const loading = held.load(100);
  await heard();
  asked[0]!.answer([record(1, 120)], 5);
  await loading;
  let told = 0;
  held.subscribe(() => told++);
  held.apply(7, [record(2, 110), record(1, 105)]);
  expect(ids(held)).toEqual([1, 2]);
  held.apply(6, [record(3, 130)]);
  expect(ids(held)).toEqual([1, 2]);
  // Moved before everything that is held: no longer part of it.
  held.apply(8, [record(2, 99)]);
  expect(ids(held)).toEqual([1]);
  expect([told, held.get()!.asOf]).toEqual([2, 8]);
});

test('what changes while an answer is on its way is not lost', async () => {
  const { asked, held } = server();
  const loading = held.load(100);
  held.apply(4, [record(9, 150)]);
  held.apply(6, [record(2, 130)]);
  await heard();
  asked[0]!.answer([record(1, 120)], 5);
  await loading;
  // Position 4 is contained in an answer of 5, 6 is not.
  expect(ids(held)).toEqual([1, 2]);
  expect(held.get()!.asOf).toBe(6);
});

test('a failure leaves what is held, and the next load asks again', async () => {
  const { asked, held } = server();
  const first = held.load(100);
  await heard();
  asked[0]!.fail();
  await expect(first).rejects.toThrow('no answer');
  expect(held.get()).toBeNull();
  const second = held.load(100);
  await heard();
  asked[1]!.answer([record(1, 120)], 5);
  await second;
  const reload = held.reload();
  await heard();
  asked[2]!.fail();
  await expect(reload).rejects.toThrow();
  expect(ids(held)).toEqual([1]);
});

test('a word that the columns do not know is asked for anew', async () => {
  const { asked, held } = server();
  const loading = held.load(100);
  await heard();
  asked[0]!.answer([record(1, 120)], 5);
  await loading;
  held.apply(6, [record(2, 130, 'new')]);
  await heard();
  expect(asked.length).toBe(2);
});

test('counts what has come since, whatever was widened meanwhile', async () => {
  const { asked, held } = server();
  const loading = held.load(100);
  await heard();
  asked[0]!.answer([record(1, 120)], 5);
  await loading;
  const then = held.get()!;
  held.apply(6, [record(2, 130), record(1, 121)]);
  const wider = held.load(10);
  await heard();
  asked[1]!.answer([record(1, 121), record(2, 130), record(3, 20)], 6);
  await wider;
  expect(arrivedSince(then, held.get()!)).toBe(1);
});
