/** Five thousand clients of the event stream, fifty reports a second: from the post to the client. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ReportAnswer } from '@wangge/api/incidents/schema';
import { type Bench, NOW } from '../bench.ts';
import type { Figure, Group } from '../group.ts';
import type { Heard, ListenersOptions } from '../listeners.ts';

const CLIENTS = 5000;
const SAMPLED = 20;
const RATE = 50;
const SECONDS = 10;
const TARGET_MS = 250;

export async function streams(bench: Bench): Promise<Group> {
  const databaseUrl = await bench.copy('streams');
  const serving = await bench.serve({ databaseUrl });
  return {
    rounds: 0,
    ratios: [],
    compare: async () => null,
    figures: () => figuresOf(serving),
    notes: [
      `${SECONDS} s of POST /api/incidents, one report each at its appointed time; every ${SAMPLED}th client takes the time, clients and server share the cores; frames are coalesced over 100 ms`,
    ],
    close: () => serving.stop(),
  };
}

async function figuresOf({ url, pid }: { readonly url: string; readonly pid: number }): Promise<Figure[]> {
  const options: ListenersOptions = { port: Number(new URL(url).port), clients: CLIENTS, sampled: SAMPLED };
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('listeners.mjs', import.meta.url)), JSON.stringify(options)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const said = text(child.stdout);
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('close', (code) => reject(new Error(`the clients ended with ${code}`)));
  });

  const sent = new Map<number, number>();
  const cpuBefore = cpuMs(pid);
  const start = performance.now();
  const posts: Promise<void>[] = [];
  for (let n = 0; n < RATE * SECONDS; n++) {
    await wait(Math.max(0, start + (n * 1000) / RATE - performance.now()));
    posts.push(post(url, n, sent));
  }
  await Promise.all(posts);
  const cpu = (cpuMs(pid) - cpuBefore) / (performance.now() - start);
  // Time for what is under way; who has not been told by then counts as not told.
  await wait(3000);
  child.stdin.end();
  const heard = JSON.parse((await said).slice('listening\n'.length)) as Heard;

  const latencies: number[] = [];
  for (const client of heard.arrivals) {
    for (const [id, at] of client) if (sent.has(id)) latencies.push(at - sent.get(id)!);
  }
  latencies.sort((a, b) => a - b);
  const expected = heard.arrivals.length * sent.size;
  const alike = new Set(heard.bytes).size === 1;
  const at = (share: number): string => `${Math.round(latencies[Math.ceil(latencies.length * share) - 1]!)} ms`;
  return [
    {
      name: `${CLIENTS.toLocaleString('en')} streams at ${RATE} events a second, p99`,
      value: at(0.99),
      target: `${TARGET_MS} ms, printed`,
      failed: null,
      detail: `p50 ${at(0.5)}, greatest ${at(1)}; server ${Math.round(cpu * 100)} % of a core`,
    },
    {
      name: '… told, of what was to be told',
      value: `${latencies.length} of ${expected}`,
      target: 'all',
      failed:
        latencies.length !== expected || heard.lost > 0 || !alike
          ? `${heard.lost} connections lost, ${new Set(heard.bytes).size} different numbers of bytes`
          : null,
      detail: `${CLIENTS.toLocaleString('en')} clients received ${alike ? 'the same' : 'a different'} number of bytes`,
    },
  ];
}

async function post(url: string, n: number, sent: Map<number, number>): Promise<void> {
  const at = performance.timeOrigin + performance.now();
  const answer = await fetch(`${url}/api/incidents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      source: 'bench',
      external_id: String(n),
      kind: 'event',
      category: 'traffic',
      occurred_at: NOW,
      point: { lon: 102.9 + (n % 50) * 0.001, lat: 37.47, crs: '4490' },
    }),
  });
  const { results } = (await answer.json()) as ReportAnswer;
  sent.set(results[0]!.id!, at);
}

/** User and system time of a process, in milliseconds; a tick is 10 ms on Linux. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
