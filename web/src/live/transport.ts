/** The event stream and what stands beside it, over HTTP. */
import { createParser } from 'eventsource-parser';
import { ApiError, askJson } from '../ui/request.ts';
import { type Changes, changesOf, type Message, messageOf, type WireChanges } from './wire.ts';

export interface Transport {
  /**
   * The stream behind a position. Resolves when the server ends it.
   *
   * @throws Crowded where the server has no room for another stream; any other error where it cannot be read
   */
  stream(after: number, hear: (message: Message) => void, signal: AbortSignal): Promise<void>;
  /** @throws ApiError 410 where the server no longer holds the events after that position */
  changes(after: number, signal: AbortSignal): Promise<Changes>;
}

/** No room for another stream. */
export class Crowded extends Error {
  override readonly name = 'Crowded';
  constructor(
    /** Seconds after which to ask again. */
    readonly retryAfter: number,
  ) {
    super('too many streams');
  }
}

/**
 * `fetch` instead of `EventSource`, which would hide a refusal and its reason, and reconnects by a rule of its own.
 * @param ask as `fetch`
 */
export function overHttp(ask: typeof fetch = (...request) => fetch(...request)): Transport {
  return {
    async stream(after, hear, signal) {
      const response = await ask(`/api/live?after=${after}`, {
        headers: { accept: 'text/event-stream' },
        cache: 'no-store',
        signal,
      });
      if (!response.ok || response.body === null) throw await refusal(response);
      let fault: unknown = null;
      const parser = createParser({
        onEvent: ({ event, data }) => {
          if (fault !== null) return;
          try {
            const message = messageOf(event, data);
            if (message !== null) hear(message);
          } catch (error) {
            fault = error;
          }
        },
      });
      const reader = response.body.getReader();
      const text = new TextDecoder();
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done || signal.aborted) return;
          parser.feed(text.decode(value, { stream: true }));
          if (fault !== null) throw fault;
        }
      } finally {
        // Closes the connection also where the data was not understood.
        void reader.cancel().catch(() => undefined);
      }
    },
    async changes(after, signal) {
      return changesOf(await askJson<WireChanges>(`/api/incidents/changes?after=${after}`, signal));
    },
  };
}

async function refusal(response: Response): Promise<Error> {
  const problem = (await response.json().catch(() => null)) as { type?: string; detail?: string } | null;
  const error = new ApiError(response.status, problem?.type ?? null, problem?.detail ?? response.statusText);
  if (error.kind !== 'too-many-streams') return error;
  return new Crowded(Number(response.headers.get('retry-after')) || 0);
}
