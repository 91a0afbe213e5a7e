import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DICTIONARY, record, records } from './arbitrary.ts';
import { buildColumns } from './build.ts';
import { changesTo } from './changes.ts';

it('tells of each incident that was written what it was before, as a map shows it', () => {
  const writes = fc
    .uniqueArray(fc.integer({ min: 1, max: 80 }), { maxLength: 20 })
    .chain((ids) => fc.tuple(...ids.map(record)));
  fc.assert(
    fc.property(records, writes, (held, written) => {
      const changes = changesTo(buildColumns(held, DICTIONARY), written);
      expect(changes.map(({ after }) => after)).toEqual(written);
      for (const { before, after } of changes) {
        const was = held.find(({ id }) => id === after.id);
        if (!was) expect(before).toBeNull();
        else {
          const { id, kind, category, urgency, state, point } = was;
          // The columns hold whole seconds.
          const occurred_at = new Date(Math.floor(was.occurred_at.getTime() / 1000) * 1000);
          expect(before).toEqual({ id, kind, category, urgency, state, point, occurred_at });
        }
      }
    }),
  );
});
