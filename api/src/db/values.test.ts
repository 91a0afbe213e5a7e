import { describe, expect, it } from 'vitest';
import { copyChunks } from './copy.ts';
import { fromText, toText } from './values.ts';

describe('values', () => {
  it('refuses an integer that a double cannot hold, and only that', () => {
    expect(fromText(20, '-9007199254740991')).toBe(-9007199254740991);
    expect(() => fromText(20, '9007199254740992')).toThrow(RangeError);
    expect(() => fromText(1700, '123456789012345678')).toThrow(RangeError);
    expect(fromText(1700, '123456789012345678.5')).toBe(123456789012345680);
    expect(() => fromText(1016, '{1,9007199254740993}')).toThrow(RangeError);
  });

  it('leaves instants that ISO cannot say as PostgreSQL wrote them', () => {
    expect(fromText(1184, 'infinity')).toBe('infinity');
    expect(fromText(1184, '0044-03-15 12:00:00+00 BC')).toBe('0044-03-15 12:00:00+00 BC');
  });

  it('writes nested arrays', () => {
    expect(
      toText([
        [1, 2],
        ['a"', null],
      ]),
    ).toBe('{{"1","2"},{"a\\"",NULL}}');
    expect(toText([])).toBe('{}');
  });
});

describe('chunks of a COPY', () => {
  it('hold whole rows, all of them, in order', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => [i, `行\t${i}`] as const);
    const chunks = [...copyChunks(rows, 100)];
    expect(chunks.length).toBeGreaterThan(50);
    const text = new TextDecoder();
    expect(chunks.map(({ bytes }) => text.decode(bytes)).join('')).toBe(
      rows.map(([i]) => `${i}\t行\\t${i}\n`).join(''),
    );
    for (const { bytes, rows: count } of chunks) expect(text.decode(bytes).split('\n').length - 1).toBe(count);
  });

  it('are made as they are asked for', () => {
    let made = 0;
    function* endless(): Generator<[number]> {
      for (;;) {
        made += 1;
        yield [made];
      }
    }
    expect(copyChunks(endless(), 10).next().done).toBe(false);
    expect(made).toBeLessThan(10);
  });
});
