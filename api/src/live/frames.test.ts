import type { WireIncident } from '@wangge/geodata/incidents/wire';
import { describe, expect, it } from 'vitest';
import { batch, digest, hello, reset } from './frames.ts';
import type { LiveEvent } from './queries.ts';

const incident = (position: number, id: number, state: WireIncident['state'] = 'reported'): LiveEvent => ({
  position,
  at: '2026-06-30T04:00:00Z',
  kind: 'incident',
  area: '620622103',
  payload: { id, state } as WireIncident,
});
const other = (position: number, kind: 'ground' | 'reloaded'): LiveEvent => ({
  position,
  at: '2026-06-30T04:00:00Z',
  kind,
  area: null,
  payload: null,
});
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('frames', () => {
  it('tell the last word on each incident, under the position of the last event', () => {
    expect(text(batch([incident(7, 1), incident(8, 2), incident(9, 1, 'closed')]))).toBe(
      'event: incidents\nid: 9\ndata: {"as_of":9,"at":"2026-06-30T04:00:00Z","incidents":[{"id":2,"state":"reported"},{"id":1,"state":"closed"}]}\n\n',
    );
  });

  it('give an id only to the last frame, so that a break between them loses nothing', () => {
    const frames = text(batch([other(3, 'ground'), incident(4, 1)]))
      .trimEnd()
      .split('\n\n');
    expect(frames.map((frame) => /^id: (\d+)$/m.exec(frame)?.[1])).toEqual([undefined, '4']);
    expect(text(batch([other(3, 'ground')]))).toBe('event: ground\nid: 3\ndata: {"as_of":3}\n\n');
  });

  it('tell to start anew where anything among them cannot be told', () => {
    expect(text(batch([incident(5, 1), other(6, 'reloaded'), incident(7, 2)]))).toBe(text(reset(7, 'reloaded')));
    const missed = { count: 3, areas: new Set(['620622103']), ground: false, reloaded: true };
    expect(text(digest(9, missed))).toBe(text(reset(9, 'reloaded')));
  });

  it('tell what was left out, and that the ground changed in between', () => {
    const missed = { count: 3, areas: new Set(['b', 'a']), ground: true, reloaded: false };
    expect(text(digest(9, missed))).toBe(
      'event: ground\ndata: {"as_of":9}\n\nevent: digest\nid: 9\ndata: {"as_of":9,"count":3,"areas":["a","b"]}\n\n',
    );
  });

  it('begin with how long to wait before coming back', () => {
    expect(text(hello(4, '2026-06-30T04:00:00Z', 2))).toBe(
      'retry: 3000\n\nevent: hello\ndata: {"as_of":4,"at":"2026-06-30T04:00:00Z","pending":2}\n\n',
    );
  });
});
