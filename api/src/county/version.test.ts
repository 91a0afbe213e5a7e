import { describe, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { versionReader } from './version.ts';

/** A database whose answers are let go one by one. */
function heldBack() {
  const waiting: ((position: number) => void)[] = [];
  const row = { code: '620622', time_zone: 'Asia/Shanghai', loaded: '1', ground: 0, edition: 1, incidents: 0 };
  const rows = () =>
    new Promise((resolve) => {
      waiting.push((position) => resolve([{ ...row, position, waiting: false }]));
    });
  const read = versionReader({ rows } as unknown as Database, () => new Date('2026-06-30T00:00:00Z'));
  return { waiting, read };
}

describe('the reader of versions', () => {
  it('never gives a caller what was read before it asked, and reads once for all who wait', async () => {
    const { waiting, read } = heldBack();
    const first = read();
    // A write commits now; whoever asks from here on must see it.
    const later = [read(), read(), read()];
    expect(waiting).toHaveLength(1);
    waiting[0]!(1);
    expect((await first).position).toBe(1);
    await expect.poll(() => waiting.length).toBe(2);
    waiting[1]!(2);
    expect((await Promise.all(later)).map((v) => v.position)).toEqual([2, 2, 2]);
    expect(waiting).toHaveLength(2);
  });

  it('names the day in the county', async () => {
    const { waiting, read } = heldBack();
    const version = read();
    waiting[0]!(7);
    expect(await version).toMatchObject({ county: '620622', position: 7, today: '2026-06-30' });
  });
});
