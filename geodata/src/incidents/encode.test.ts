import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DICTIONARY, records } from './arbitrary.ts';
import { buildColumns, type IncidentRecord } from './build.ts';
import { decodeColumns, encodeColumns } from './encode.ts';
import { windowOf } from './window.ts';

const asOf = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const REFUSAL = /^these bytes are no incident columns: /;

const some: IncidentRecord[] = [1, 2, 3].map((id) => ({
  id,
  kind: 'event',
  category: 'other',
  urgency: 'normal',
  state: 'closed',
  occurred_at: new Date(1_700_000_000_000 + id * 1000),
  point: [103, 37.5],
  grid_id: 10,
  village_code: 'v1',
  township_code: 't1',
}));

describe('encoded columns', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(records, asOf, (all, at) => {
        const columns = buildColumns(all, DICTIONARY);
        expect(decodeColumns(encodeColumns(columns, at))).toEqual({ columns, asOf: at });
      }),
      { numRuns: 300 },
    );
  });

  test('come back from a window and from the middle of a larger buffer', () => {
    const columns = windowOf(buildColumns(some, DICTIONARY), 1_700_000_002, 1_700_000_004);
    const bytes = encodeColumns(columns, 1);
    const larger = new Uint8Array(bytes.length + 13);
    larger.set(bytes, 5);
    expect(decodeColumns(larger.subarray(5, 5 + bytes.length)).columns).toEqual(columns);
  });

  test('keep ids and times of the whole range, and words that are not ASCII', () => {
    const extremes = [
      { ...some[0]!, id: 0xffffffff, occurred_at: new Date(0) },
      { ...some[1]!, id: 1, occurred_at: new Date(0xffffffff * 1000), category: '纠纷"\\' },
    ];
    const columns = buildColumns(extremes, { ...DICTIONARY, categories: ['other', '纠纷"\\'] });
    expect(decodeColumns(encodeColumns(columns, 0)).columns).toEqual(columns);
  });

  test('are read in place where a column is a byte wide', () => {
    const bytes = encodeColumns(buildColumns(some, DICTIONARY), 0);
    const { columns } = decodeColumns(bytes);
    for (const name of ['category', 'kind', 'urgency', 'state'] as const) {
      expect(columns[name].buffer).toBe(bytes.buffer);
    }
  });

  test('are refused when cut short anywhere, or too long', () => {
    const bytes = encodeColumns(buildColumns(some, DICTIONARY), 0);
    for (let n = 0; n < bytes.length; n++) expect(() => decodeColumns(bytes.subarray(0, n))).toThrow(REFUSAL);
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(() => decodeColumns(longer)).toThrow('incidents take');
  });

  test('are refused when foreign or of another version', () => {
    expect(() => decodeColumns(Uint8Array.from('{"type":"FeatureCollection"}', (c) => c.charCodeAt(0)))).toThrow(
      'WGIC',
    );
    const newer = encodeColumns(buildColumns(some, DICTIONARY), 0);
    newer[4] = 2;
    expect(() => decodeColumns(newer)).toThrow('version 2');
  });

  test('never give rows out of order or words out of the dictionary, whatever byte is changed', () => {
    const bytes = encodeColumns(buildColumns(some, DICTIONARY), 0);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
        const changed = bytes.slice();
        changed[at] = value;
        let decoded: ReturnType<typeof decodeColumns>;
        try {
          decoded = decodeColumns(changed);
        } catch (error) {
          expect((error as Error).message).toMatch(REFUSAL);
          return;
        }
        const { columns } = decoded;
        for (let row = 0; row < columns.length; row++) {
          expect(columns.categories[columns.category[row]!]).toBeDefined();
          expect(columns.areas[columns.area[row]!]).toBeDefined();
          if (row > 0) expect(columns.occurred_at[row]!).toBeGreaterThanOrEqual(columns.occurred_at[row - 1]!);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
