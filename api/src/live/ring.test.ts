import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LiveEvent } from './queries.ts';
import { Ring } from './ring.ts';

const event = (position: number): LiveEvent => ({ position, at: '', kind: 'ground', area: null, payload: null });

it('gives all events after a position, or says that it no longer can', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.nat(50),
      fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 12 }),
      (capacity, start, pages) => {
        const ring = new Ring(capacity, start);
        let head = start;
        for (const length of pages) {
          ring.push(Array.from({ length }, (_, i) => event(head + 1 + i)));
          head += length;
        }
        for (let position = 0; position <= head; position++) {
          const found = ring.after(position)?.map((each) => each.position);
          const wanted = Array.from({ length: head - position }, (_, i) => position + 1 + i);
          // What is newer than its capacity is always there.
          if (found === undefined) expect(position < start || head - position > capacity).toBe(true);
          else expect(found).toEqual(wanted);
        }
      },
    ),
  );
});
