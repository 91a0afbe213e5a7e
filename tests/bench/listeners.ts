/**
 * Many clients of the event stream in one process, on bare sockets: a client of its own thread each would cost more than
 * the server. Tells when all of them hold a stream; at the end of its standard input it tells what they were told.
 */
import { connect, type Socket } from 'node:net';

export interface ListenersOptions {
  readonly port: number;
  readonly clients: number;
  /** Every so many clients take the time of each event; the others count bytes. */
  readonly sampled: number;
}

export interface Heard {
  /** By sampled client: id of the incident and when it came, milliseconds since 1970. */
  readonly arrivals: readonly (readonly (readonly [id: number, at: number])[])[];
  /** By client: bytes of the stream after the first event. */
  readonly bytes: readonly number[];
  /** Connections that were lost. */
  readonly lost: number;
}

const { port, clients, sampled } = JSON.parse(process.argv[2] ?? '') as ListenersOptions;
/** Opened at once: the server's backlog is 511. */
const AT_ONCE = 200;

const now = (): number => performance.timeOrigin + performance.now();
const bytes = new Array<number>(clients).fill(0);
const arrivals: [number, number][][] = [];
const sockets: Socket[] = [];
let lost = 0;
let ending = false;

async function open(client: number): Promise<void> {
  const told: [number, number][] | null = client % sampled === 0 ? [] : null;
  if (told) arrivals.push(told);
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n');
    });
    sockets.push(socket);
    let begun = false;
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      if (!begun) {
        text += chunk.toString('latin1');
        if (!text.includes('event: hello')) {
          if (text.length > 20_000 || /^HTTP\/1.1 [^2]/.test(text)) reject(new Error(text.slice(0, 500)));
          return;
        }
        begun = true;
        text = '';
        resolve();
        return;
      }
      bytes[client]! += chunk.length;
      if (!told) return;
      const at = now();
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        if (block.includes('event: incidents')) {
          for (const [, id] of block.matchAll(/\{"id":(\d+)/g)) told.push([Number(id), at]);
        }
      }
    });
    socket.on('error', reject);
    socket.on('close', () => {
      if (!ending) lost++;
    });
  });
}

for (let client = 0; client < clients; client += AT_ONCE) {
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, clients - client) }, (_, i) => open(client + i)));
}
console.log('listening');
process.stdin.on('end', () => {
  ending = true;
  process.stdout.write(`${JSON.stringify({ arrivals, bytes, lost } satisfies Heard)}\n`, () => process.exit(0));
});
process.stdin.resume();
