import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DICTIONARY, PLACES, records } from './arbitrary.ts';
import { buildColumns } from './build.ts';
import { decodeRollup, encodeRollup } from './encode-rollup.ts';
import { rollup } from './rollup.ts';

const DAYS = [0, 7, 11, 30].map((s) => ({ day: `day ${s}`, start: 1_700_000_000 + s }));
const asOf = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const some = fc
  .sample(records, { seed: 1, numRuns: 100 })
  .reduce((most, all) => (all.length > most.length ? all : most));
const bytesOfSome = () => encodeRollup(rollup(buildColumns(some, DICTIONARY), PLACES, DAYS), 5);

describe('an encoded rollup', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(records, asOf, (all, at) => {
        const made = rollup(buildColumns(all, DICTIONARY), PLACES, DAYS);
        expect(decodeRollup(encodeRollup(made, at))).toEqual({ rollup: made, asOf: at });
      }),
      { numRuns: 300 },
    );
  });

  it('keeps great counts and words that are not ASCII', () => {
    const made = rollup(buildColumns(some, DICTIONARY), PLACES, DAYS);
    const great = {
      ...made,
      count: made.count.map((_, i) => (i === 0 ? 0xffffffff : 1 + i * 65_537)),
      categories: ['纠纷"\\', ...made.categories.slice(1)],
    };
    expect(decodeRollup(encodeRollup(great, 0)).rollup).toEqual(great);
  });

  it('comes back from the middle of a larger buffer', () => {
    const bytes = bytesOfSome();
    const larger = new Uint8Array(bytes.length + 13);
    larger.set(bytes, 5);
    expect(decodeRollup(larger.subarray(5, 5 + bytes.length))).toEqual(decodeRollup(bytes));
  });

  it('is refused when cut short anywhere, too long, foreign or of another version', () => {
    const bytes = bytesOfSome();
    for (let n = 0; n < bytes.length; n++) expect(() => decodeRollup(bytes.subarray(0, n))).toThrow('no rollup: ');
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(() => decodeRollup(longer)).toThrow('cells take');
    const newer = bytes.slice();
    newer[4] = 2;
    expect(() => decodeRollup(newer)).toThrow('version 2');
    expect(() => decodeRollup(Uint8Array.from('WGIC and more', (c) => c.charCodeAt(0)))).toThrow('WGRU');
  });

  it('never gives cells out of order or words out of the dictionary, whatever byte is changed', () => {
    const bytes = bytesOfSome();
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
        const changed = bytes.slice();
        changed[at] = value;
        let decoded: ReturnType<typeof decodeRollup>;
        try {
          decoded = decodeRollup(changed);
        } catch (error) {
          expect((error as Error).message).toMatch(/^these bytes are no rollup: /);
          return;
        }
        // What was read can be written again: nothing in it is beyond its dictionaries or out of order.
        const { rollup: read, asOf: stands } = decoded;
        expect(decodeRollup(encodeRollup(read, stands)).rollup).toEqual(read);
        for (let i = 0; i < read.length; i++) {
          expect(read.places[read.place[i]!]).toBeDefined();
          expect(read.days[read.day[i]!]).toBeDefined();
          expect(read.categories[read.category[i]!]).toBeDefined();
        }
      }),
      { numRuns: 2000 },
    );
  });
});
