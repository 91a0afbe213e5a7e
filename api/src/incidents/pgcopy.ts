/** Reads what `COPY … TO STDOUT (FORMAT binary)` writes (PostgreSQL manual, COPY, "Binary Format"). */

const SIGNATURE = [0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00];

/** A cursor over the fields of one row after another. */
export class CopiedRows {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #text = new TextDecoder('utf-8', { fatal: true });
  /** A few dozen words stand in hundreds of thousands of rows; decoding each once makes the read several times faster. */
  readonly #words = new Map<string, string>();
  #at: number;

  /** @throws Error where the bytes are not a binary copy. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) throw new Error('the copy has no PGCOPY signature');
    if (this.#view.getInt32(11) !== 0) throw new Error('the copy has flags that are not known here');
    this.#at = 19 + this.#view.getInt32(15);
  }

  /** Moves to the next row. @returns false after the last; @throws Error where the row has not `fields` fields. */
  next(fields: number): boolean {
    const found = this.#view.getInt16(this.#at);
    this.#at += 2;
    if (found === -1) return false;
    if (found !== fields) throw new Error(`the copy has rows of ${found} fields, not ${fields}`);
    return true;
  }

  #length(): number {
    const length = this.#view.getInt32(this.#at);
    this.#at += 4;
    return length;
  }

  /** The next field, int4 or int8. @throws RangeError beyond 2^53. */
  integer(): number | null {
    const length = this.#length();
    if (length === -1) return null;
    const at = this.#at;
    this.#at += length;
    if (length === 4) return this.#view.getInt32(at);
    const value = Number(this.#view.getBigInt64(at));
    if (!Number.isSafeInteger(value)) throw new RangeError(`the integer ${value} is beyond 2^53`);
    return value;
  }

  /** The next field, text. */
  word(): string | null {
    const length = this.#length();
    if (length === -1) return null;
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    // Latin-1 keeps bytes apart and costs nothing.
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('latin1');
    let word = this.#words.get(key);
    if (word === undefined) {
      word = this.#text.decode(bytes);
      this.#words.set(key, word);
    }
    return word;
  }
}
