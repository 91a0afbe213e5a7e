import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { LiveEvent } from './queries.ts';
import { type Sink, Stream } from './stream.ts';

/** A response whose client reads only when told to. */
class Unread extends EventEmitter {
  readonly taken: string[] = [];
  #waiting: Uint8Array[] = [];
  destroyed = false;
  writableEnded = false;
  get writableLength(): number {
    return this.#waiting.reduce((sum, bytes) => sum + bytes.byteLength, 0);
  }
  write(bytes: Uint8Array): boolean {
    this.#waiting.push(bytes);
    return false;
  }
  read(): void {
    for (const bytes of this.#waiting.splice(0)) this.taken.push(Buffer.from(bytes).toString());
    this.emit('drain');
  }
  end(): void {
    this.writableEnded = true;
    this.emit('close');
  }
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

const incident = (position: number, area: string | null): LiveEvent =>
  ({ position, at: '', kind: 'incident', area, payload: { id: position } }) as unknown as LiveEvent;
const frame = Buffer.alloc(100 * 1024, 'x');

function opened() {
  const sink = new Unread();
  let left = 0;
  let head = 0;
  const stream = new Stream(
    sink as unknown as Sink,
    () => head,
    () => left++,
  );
  const send = (events: LiveEvent[], now = 0) => {
    head = events.at(-1)?.position ?? head;
    stream.send(frame, events, now);
  };
  return { sink, stream, send, left: () => left };
}

describe('a stream', () => {
  it('keeps a bounded queue, counts what does not fit, and tells it once the client reads', () => {
    const { sink, send } = opened();
    for (let n = 1; n <= 50; n++) send([incident(n, n % 2 === 0 ? 'b' : 'a')]);
    expect(sink.writableLength).toBeLessThanOrEqual(256 * 1024);
    sink.read();
    expect(sink.taken).toHaveLength(2);
    sink.read();
    expect(sink.taken[2]).toBe('event: digest\nid: 50\ndata: {"as_of":50,"count":48,"areas":["a","b"]}\n\n');
    // And goes on as before.
    send([incident(51, 'a')]);
    sink.read();
    expect(sink.taken).toHaveLength(4);
  });

  it('takes a frame larger than its queue where nothing waits before it', () => {
    const { sink, stream } = opened();
    stream.send(Buffer.alloc(1024 * 1024), [incident(1, null)], 0);
    expect(sink.writableLength).toBe(1024 * 1024);
  });

  it('tells to start anew where it missed what cannot be counted', () => {
    const { sink, send } = opened();
    for (let n = 1; n <= 4; n++) send([incident(n, 'a')]);
    send([{ position: 5, at: '', kind: 'reloaded', area: null, payload: null }]);
    sink.read();
    sink.read();
    expect(sink.taken.at(-1)).toBe('event: reset\nid: 5\ndata: {"as_of":5,"reason":"reloaded"}\n\n');
  });

  it('tells for how long it has taken nothing', () => {
    const { sink, stream, send } = opened();
    for (let n = 1; n <= 4; n++) send([incident(n, 'a')], 1000 * n);
    // Two frames fit; the third did not.
    expect(stream.stuckFor(33_000)).toBe(30_000);
    sink.read();
    expect(stream.stuckFor(33_000)).toBe(0);
  });

  it('writes nothing to a client that has left', () => {
    const { sink, stream, send, left } = opened();
    stream.cut();
    expect(left()).toBe(1);
    send([incident(1, 'a')]);
    stream.write(frame);
    expect(sink.writableLength).toBe(0);
  });
});
