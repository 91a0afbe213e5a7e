/**
 * Writes Mapbox Vector Tiles (version 2.1) straight into bytes. Geometry comes as commands, values as numbers of a
 * table that outlives the tile, so that nothing is looked up by text while a tile is written.
 */
import { TILE_UNITS } from './world.ts';

export type Value = string | number | boolean;

/** Values and their encoding, numbered; a tile lists those that it uses. */
export class ValueTable {
  readonly encoded: Uint8Array[] = [];
  readonly #numbers = new Map<Value, number>();

  /** The value's number, a new one where it has not been seen. */
  number(value: Value): number {
    let found = this.#numbers.get(value);
    if (found === undefined) {
      found = this.encoded.length;
      this.encoded.push(encodeValue(value));
      this.#numbers.set(value, found);
    }
    return found;
  }
}

const POINT = 1;
const POLYGON = 3;

/** Growing bytes with protobuf's numbers. */
class Bytes {
  bytes: Uint8Array;
  at = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + more));
    larger.set(this.bytes);
    this.bytes = larger;
  }

  /** A whole number from 0 to 2^53 − 1; room must be reserved. */
  varint(n: number): void {
    const { bytes } = this;
    while (n > 0x7fffffff) {
      bytes[this.at++] = (n % 128) | 0x80;
      n = Math.floor(n / 128);
    }
    while (n > 0x7f) {
      bytes[this.at++] = (n & 0x7f) | 0x80;
      n >>>= 7;
    }
    bytes[this.at++] = n;
  }

  append(more: Uint8Array): void {
    this.reserve(more.length);
    this.bytes.set(more, this.at);
    this.at += more.length;
  }
}

const sizeOf = (n: number): number => {
  let size = 1;
  for (; n > 0x7fffffff; n = Math.floor(n / 128)) size++;
  for (; n > 0x7f; n >>>= 7) size++;
  return size;
};

const zigzag = (n: number): number => (n << 1) ^ (n >> 31);

/** The package knows no platform, so neither a text encoder. A lone surrogate becomes the replacement character. */
function utf8(text: string): Uint8Array {
  const out: number[] = [];
  for (const character of text) {
    let code = character.codePointAt(0)!;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else {
      out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    }
  }
  return Uint8Array.from(out);
}

function encodeValue(value: Value): Uint8Array {
  const out = new Bytes(16);
  if (typeof value === 'string') {
    const text = utf8(value);
    out.reserve(6);
    out.bytes[out.at++] = 0x0a;
    out.varint(text.length);
    out.append(text);
  } else if (typeof value === 'boolean') {
    out.bytes[out.at++] = 0x38;
    out.bytes[out.at++] = value ? 1 : 0;
  } else if (Number.isSafeInteger(value) && value >= 0) {
    out.bytes[out.at++] = 0x28;
    out.varint(value);
  } else {
    out.bytes[out.at++] = 0x19;
    new DataView(out.bytes.buffer).setFloat64(out.at, value, true);
    out.at += 8;
  }
  return out.bytes.slice(0, out.at);
}

/**
 * The geometry of a polygon feature: rings in tile units with y to the south, `[x, y, …]`, not closed; exterior rings
 * first, clockwise as they are seen, holes the other way.
 */
export function polygonCommands(rings: readonly ArrayLike<number>[]): Uint8Array {
  const out = new Bytes(256);
  let x = 0;
  let y = 0;
  const step = (toX: number, toY: number) => {
    out.varint(zigzag(toX - x) >>> 0);
    out.varint(zigzag(toY - y) >>> 0);
    x = toX;
    y = toY;
  };
  for (const ring of rings) {
    const count = ring.length / 2;
    out.reserve(16 + ring.length * 5);
    out.varint((1 << 3) | 1);
    step(ring[0]!, ring[1]!);
    out.varint(((count - 1) << 3) | 2);
    for (let i = 2; i < ring.length; i += 2) step(ring[i]!, ring[i + 1]!);
    out.varint((1 << 3) | 7);
  }
  return out.bytes.slice(0, out.at);
}

/**
 * Writes a tile, layer by layer; to be used again for the next. Every feature gives its tags as pairs of key index and
 * value index in the first `2 * pairs` entries of `tags`, where `value` and `whole` tell a value's index in the layer.
 */
export class TileWriter {
  readonly tags = new Int32Array(64);
  readonly #out = new Bytes(1 << 16);
  #table = new ValueTable();
  /** Index in the layer by number of the table, where the stamp is that of the layer. */
  #index = new Int32Array(256);
  #stamp = new Int32Array(256);
  #layer = 0;
  /** The layer's values as they stand in it, and how many. */
  readonly #values = new Bytes(1 << 12);
  #valueCount = 0;
  #features = 0;
  #start = 0;

  /** Begins a layer. Its length is put in front when it ends, so room is left for the largest. */
  begin(name: string, table: ValueTable): void {
    this.#table = table;
    if (this.#index.length < table.encoded.length) {
      this.#index = new Int32Array(table.encoded.length * 2);
      this.#stamp = new Int32Array(table.encoded.length * 2);
    }
    this.#layer++;
    this.#values.at = 0;
    this.#valueCount = 0;
    this.#features = 0;
    const out = this.#out;
    const text = utf8(name);
    out.reserve(HEAD + 16 + text.length);
    this.#start = out.at;
    out.at += HEAD;
    out.bytes[out.at++] = 0x78;
    out.bytes[out.at++] = 2;
    out.bytes[out.at++] = 0x0a;
    out.varint(text.length);
    out.append(text);
  }

  /** Index in the layer of a value of the table, by its number. */
  value(number: number): number {
    if (this.#stamp[number] !== this.#layer) {
      this.#stamp[number] = this.#layer;
      this.#index[number] = this.#valueCount++;
      const encoded = this.#table.encoded[number]!;
      const values = this.#values;
      values.reserve(6);
      values.bytes[values.at++] = 0x22;
      values.varint(encoded.length);
      values.append(encoded);
    }
    return this.#index[number]!;
  }

  /** Index in the layer of a whole number from 0 to 2^32 − 1; told anew, it is listed anew. */
  whole(n: number): number {
    const values = this.#values;
    values.reserve(8);
    values.bytes[values.at++] = 0x22;
    values.bytes[values.at++] = 1 + sizeOf(n);
    values.bytes[values.at++] = 0x28;
    values.varint(n);
    return this.#valueCount++;
  }

  /**
   * @param id from 0 to 2^53 − 1; null where it has none
   * @param pairs at most 8
   */
  point(id: number | null, pairs: number, x: number, y: number): void {
    const out = this.#out;
    const { tags } = this;
    out.reserve(128);
    const { bytes } = out;
    // Eight pairs and a point take less than 128 bytes, so that each length is one byte, known in the end.
    const size = out.at + 1;
    bytes[out.at] = 0x12;
    out.at += 2;
    if (id !== null) {
      bytes[out.at++] = 0x08;
      out.varint(id);
    }
    bytes[out.at++] = 0x12;
    const tagged = out.at++;
    for (let i = 0; i < 2 * pairs; i++) {
      const tag = tags[i]!;
      if (tag < 0x80) bytes[out.at++] = tag;
      else out.varint(tag);
    }
    bytes[tagged] = out.at - tagged - 1;
    bytes[out.at++] = 0x18;
    bytes[out.at++] = POINT;
    bytes[out.at++] = 0x22;
    const geometry = out.at++;
    bytes[out.at++] = (1 << 3) | 1;
    out.varint(x << 1);
    out.varint(y << 1);
    bytes[geometry] = out.at - geometry - 1;
    bytes[size] = out.at - size - 1;
    this.#features++;
  }

  /** @param commands of `polygonCommands` */
  polygon(id: number, pairs: number, commands: Uint8Array): void {
    const { tags } = this;
    const geometry = commands.length;
    let tagged = 0;
    for (let i = 0; i < 2 * pairs; i++) tagged += sizeOf(tags[i]!);
    const size = 1 + sizeOf(id) + 1 + sizeOf(tagged) + tagged + 2 + 1 + sizeOf(geometry) + geometry;
    const out = this.#out;
    out.reserve(size + 16);
    const { bytes } = out;
    bytes[out.at++] = 0x12;
    out.varint(size);
    bytes[out.at++] = 0x08;
    out.varint(id);
    bytes[out.at++] = 0x12;
    out.varint(tagged);
    for (let i = 0; i < 2 * pairs; i++) out.varint(tags[i]!);
    bytes[out.at++] = 0x18;
    bytes[out.at++] = POLYGON;
    bytes[out.at++] = 0x22;
    out.varint(geometry);
    out.append(commands);
    this.#features++;
  }

  /** Ends the layer; one without features is left out. */
  end(keys: readonly Uint8Array[]): void {
    const out = this.#out;
    if (this.#features === 0) {
      out.at = this.#start;
      return;
    }
    for (const key of keys) out.append(key);
    out.append(this.#values.bytes.subarray(0, this.#values.at));
    out.reserve(8);
    out.bytes[out.at++] = 0x28;
    out.varint(TILE_UNITS);
    // The head stands right before the body: what room it does not need is closed.
    const body = this.#start + HEAD;
    const length = out.at - body;
    const head = 1 + sizeOf(length);
    out.bytes.copyWithin(this.#start + head, body, out.at);
    out.at = this.#start;
    out.bytes[out.at++] = 0x1a;
    out.varint(length);
    out.at += length;
  }

  /** Bytes of the tile so far, of the layer begun too. */
  get size(): number {
    return this.#out.at;
  }

  /** The tile, and begins the next one; null where it has no feature. */
  take(): Uint8Array | null {
    const { at, bytes } = this.#out;
    this.#out.at = 0;
    return at === 0 ? null : bytes.slice(0, at);
  }

  /** Drops what was written and begins anew. */
  drop(): void {
    this.#out.at = 0;
  }
}

/** Tag and the longest length of a layer. */
const HEAD = 6;

/** The keys of a layer as they stand in it; a tag names a key by its place. */
export const encodeKeys = (keys: readonly string[]): Uint8Array[] =>
  keys.map((key) => {
    const text = utf8(key);
    return Uint8Array.from([0x1a, text.length, ...text]);
  });
