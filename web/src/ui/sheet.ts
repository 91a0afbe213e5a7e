/** Tables as they are exported: pure, before any file format. */

/** `code`: text of digits that must stay text. `share`: 0 to 1, written in per cent. `area`: km². */
export type ColumnKind = 'text' | 'code' | 'count' | 'rate' | 'share' | 'area';

export interface Column {
  readonly header: string;
  readonly kind: ColumnKind;
}

/** A number that is not finite is a withheld count; null is no data. */
export type Cell = string | number | null;

export interface Sheet {
  /** At most 31 characters, without any of `[]:*?/\`. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A name that every file system takes, of parts joined by `_`. */
export function fileNameOf(parts: readonly string[], extension: string): string {
  const clean = parts.map((part) => part.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').trim()).filter((part) => part !== '');
  return `${clean.join('_')}.${extension}`;
}
