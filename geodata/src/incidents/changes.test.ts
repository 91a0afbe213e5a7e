import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DICTIONARY, record, records } from './arbitrary.ts';
import { applyChanges, buildColumns } from './build.ts';
import { changesBetween, shownAt } from './changes.ts';

describe('changesBetween', () => {
  it('names exactly the incidents that a write made or changed, as they were and as they are', () => {
    const writes = fc
      .uniqueArray(fc.integer({ min: 1, max: 80 }), { maxLength: 20 })
      .chain((ids) => fc.tuple(...ids.map(record)));
    fc.assert(
      fc.property(records, writes, (held, written) => {
        const before = buildColumns(held, DICTIONARY);
        const after = applyChanges(before, written);
        const shown = (columns: typeof before) =>
          new Map(Array.from({ length: columns.length }, (_, row) => [columns.id[row]!, shownAt(columns, row)]));
        const [was, is] = [shown(before), shown(after)];
        const expected = [...is]
          .map(([id, now]) => ({ before: was.get(id) ?? null, after: now }))
          .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
        const found = changesBetween(before, after)!;
        expect(found.sort((x, y) => x.after.id - y.after.id)).toEqual(expected.sort((x, y) => x.after.id - y.after.id));
      }),
    );
  });

  it('gives up where an incident is no more, or the dictionary is another', () => {
    fc.assert(
      fc.property(records, (held) => {
        const before = buildColumns(held, DICTIONARY);
        expect(changesBetween(before, before)).toEqual([]);
        if (held.length > 0) expect(changesBetween(before, buildColumns(held.slice(1), DICTIONARY))).toBeNull();
        const other = { ...DICTIONARY, categories: [...DICTIONARY.categories, 'more'] };
        expect(changesBetween(before, buildColumns(held, other))).toBeNull();
      }),
    );
  });
});
