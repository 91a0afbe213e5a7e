/** Code schemes: how a grid's code is put together. Layouts and their sources: domain reference, grid codes. */
import type { GridClass } from '../county/county.ts';

export interface CodeScheme {
  readonly id: string;
  readonly label: string;
  /** Written before the village's code, e.g. the object class of CJ/T 349; empty elsewhere. */
  readonly prefix: string;
  /** Digits of the division code that a grid's code begins with; 0 where codes are opaque. */
  readonly division: number;
  /** A digit for the class between division and number, where the scheme has one. */
  readonly classDigit: Readonly<Record<GridClass, string>> | null;
  /** Digits of the number within the village. */
  readonly number: number;
  /** Numbers that may be issued, by class, both ends included. */
  readonly bands: Readonly<Record<GridClass, readonly [first: number, last: number]>>;
}

const bands = (general: readonly [number, number], special: readonly [number, number]): CodeScheme['bands'] => ({
  community: general,
  rural: general,
  special,
});

const scheme = (
  id: string,
  label: string,
  number: number,
  band: CodeScheme['bands'],
  rest: Partial<CodeScheme> = {},
): CodeScheme => ({ id, label, prefix: '', division: 12, classDigit: null, number, bands: band, ...rest });

const TYPE_DIGIT = { community: '1', rural: '2', special: '3' } as const;

export const SCHEMES: Readonly<Record<string, CodeScheme>> = Object.fromEntries(
  [
    scheme('cn-grid-14', '14位：6+3+3+2', 2, bands([1, 89], [90, 99])),
    scheme('cn-grid-15', '15位：6+3+3+3', 3, bands([1, 799], [901, 999])),
    scheme('cn-grid-15-typed', '15位：6+3+3+1类型+2', 2, bands([1, 99], [1, 99]), { classDigit: TYPE_DIGIT }),
    scheme('cn-grid-17-micro', '17位：15+2微网格', 5, bands([100, 79_999], [90_100, 99_999])),
    scheme('cn-grid-18', '18位：12+6', 6, bands([1, 799_999], [900_001, 999_999])),
    scheme('cjt349-20', '20位：CJ/T 349 专业网格', 2, bands([1, 89], [90, 99]), { prefix: '000000' }),
    scheme('opaque', '外部编码', 0, bands([1, 1], [1, 1]), { division: 0 }),
  ].map((s) => [s.id, s]),
);

/** @throws RangeError for an id that is no preset */
export function schemeOf(id: string): CodeScheme {
  const found = SCHEMES[id];
  if (!found) throw new RangeError(`code_scheme “${id}” is not one of ${Object.keys(SCHEMES).join(', ')}`);
  return found;
}

/**
 * The code of the n-th grid of a class in a village.
 * @throws RangeError where the number lies outside the band of its class, or the scheme issues no codes
 */
export function formatCode(s: CodeScheme, village: string, gridClass: GridClass, n: number): string {
  const [first, last] = s.bands[gridClass];
  if (s.division === 0) throw new RangeError(`scheme ${s.id} takes codes from outside and issues none`);
  if (village.length !== s.division) throw new RangeError(`village code ${village} must have ${s.division} digits`);
  if (!Number.isInteger(n) || n < first || n > last) {
    throw new RangeError(`number ${n} is outside ${first}–${last}, the band of ${gridClass} grids in ${s.id}`);
  }
  return `${s.prefix}${village}${s.classDigit?.[gridClass] ?? ''}${String(n).padStart(s.number, '0')}`;
}

export type CodeFault = 'length' | 'digits' | 'village' | 'class' | 'band';

/** What is wrong with a code, given the grid's village and class; the prefix is never checked against the township. */
export function codeFaults(s: CodeScheme, code: string, village: string, gridClass: GridClass): CodeFault[] {
  if (s.division === 0) return code.trim() === '' ? ['length'] : [];
  const faults: CodeFault[] = [];
  const typed = s.classDigit ? 1 : 0;
  const head = s.prefix.length + s.division;
  if (code.length !== head + typed + s.number) return ['length'];
  if (!/^\d+$/.test(code)) return ['digits'];
  if (code.slice(s.prefix.length, head) !== village) faults.push('village');
  if (s.classDigit && code[head] !== s.classDigit[gridClass]) faults.push('class');
  const n = Number(code.slice(head + typed));
  const [first, last] = s.bands[gridClass];
  if (n < first || n > last) faults.push('band');
  return faults;
}
