/** PostgreSQL's COPY text format, in chunks, so that a large table is never held twice in memory. */
import type { CopyValue } from './database.ts';
import { toText } from './values.ts';

/** Characters of a chunk; each ends with a whole row. */
const CHUNK = 4 * 1024 * 1024;

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function field(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] as string);
  return toText(value) as string;
}

export interface CopyChunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
}

/** @param chunk characters after which a chunk ends; for tests */
export function* copyChunks(rows: Iterable<readonly CopyValue[]>, chunk = CHUNK): Generator<CopyChunk> {
  const encoder = new TextEncoder();
  let lines = '';
  let count = 0;
  for (const row of rows) {
    lines += `${row.map(field).join('\t')}\n`;
    count += 1;
    if (lines.length >= chunk) {
      yield { bytes: encoder.encode(lines), rows: count };
      lines = '';
      count = 0;
    }
  }
  if (count > 0) yield { bytes: encoder.encode(lines), rows: count };
}
