/**
 * A field of the filter with one word put in or taken out, in the order of the dictionary. Null, which passes everything,
 * where no word is left, or all are named.
 */
export function toggled<T>(known: readonly T[], chosen: readonly T[] | null, word: T): readonly T[] | null {
  const now = known.filter((each) => (each === word) !== (chosen?.includes(each) ?? false));
  return now.length === 0 || now.length === known.length ? null : now;
}
