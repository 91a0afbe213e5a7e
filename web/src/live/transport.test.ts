import { expect, test } from 'vitest';
import { ApiError } from '../ui/request.ts';
import { Crowded, overHttp } from './transport.ts';
import type { Message } from './wire.ts';

/** Answers one request with these pieces, one read each. */
const answering =
  (pieces: readonly (string | Uint8Array)[], init: ResponseInit = {}): typeof fetch =>
  () => {
    const bytes = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(typeof piece === 'string' ? bytes.encode(piece) : piece);
        controller.close();
      },
    });
    return Promise.resolve(new Response(body, init));
  };

async function heard(ask: typeof fetch): Promise<Message[]> {
  const messages: Message[] = [];
  await overHttp(ask).stream(7, (message) => messages.push(message), new AbortController().signal);
  return messages;
}

test('events are read whatever the pieces in which they arrive, also where one splits a character', async () => {
  const text =
    'retry: 1000\n: 你好\n\nid: 9\nevent: hello\ndata: {"as_of":9,"at":"2026-07-01T06:00:00Z","pending":2}\n\n' +
    'event: incidents\nid: 9\ndata: {"as_of":9,"at":"2026-07-01T06:00:01Z","incidents":[{"id":3,"kind":"dispute",' +
    '"category":"土地","urgency":"urgent","state":"reported","occurred_at":1782885600,"reported_at":1782885601,' +
    '"lon":1028969000,"lat":374730000,"grid_id":4,"village_code":"620622103001","township_code":"620622103"}]}\n\n';
  const bytes = new TextEncoder().encode(text);
  const whole = await heard(answering([text]));
  expect(await heard(answering([...bytes].map((byte) => Uint8Array.of(byte))))).toEqual(whole);
  expect(whole).toEqual([
    { type: 'hello', asOf: 9, at: '2026-07-01T06:00:00Z', pending: 2 },
    {
      type: 'incidents',
      asOf: 9,
      at: '2026-07-01T06:00:01Z',
      incidents: [
        {
          id: 3,
          kind: 'dispute',
          category: '土地',
          urgency: 'urgent',
          state: 'reported',
          occurred_at: new Date('2026-07-01T06:00:00Z'),
          point: [102.8969, 37.473],
          grid_id: 4,
          village_code: '620622103001',
          township_code: '620622103',
        },
      ],
    },
  ]);
});

test('an event of a name that came later is passed over, data without a position ends the stream', async () => {
  expect(
    await heard(answering(['event: weather\ndata: {"as_of":9}\n\n', 'event: ground\ndata: {"as_of":10}\n\n'])),
  ).toEqual([{ type: 'ground', asOf: 10 }]);
  await expect(heard(answering(['event: beat\ndata: {}\n\n']))).rejects.toThrow('without a position');
  await expect(heard(answering(['event: beat\ndata: <html>\n\n']))).rejects.toThrow();
});

test('a refusal for want of room says when to come back; any other is told as it is', async () => {
  const problem = (kind: string) => [JSON.stringify({ type: `urn:wangge:problem:${kind}`, detail: '连接已满。' })];
  const full = heard(answering(problem('too-many-streams'), { status: 503, headers: { 'retry-after': '40' } }));
  await expect(full).rejects.toEqual(new Crowded(40));
  await expect(full).rejects.toHaveProperty('retryAfter', 40);
  await expect(heard(answering(problem('starting'), { status: 503 }))).rejects.toBeInstanceOf(ApiError);
});
