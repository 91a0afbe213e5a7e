/**
 * The page's link to the event stream as a pure state machine: what has happened goes in with the time at which it did,
 * what is to be done comes out. It has no timers and no network, so that every order of events can be tried.
 *
 * The one promise: `position` is contiguous. Everything up to it was handed on to be applied, in order; whatever breaks,
 * the stream is continued exactly there, and the columns are loaded anew only where the server no longer holds the rest.
 */
import type { Changes, Message } from './wire.ts';

/**
 * idle: nothing is held yet · connecting · catching-up: what was missed is on its way · live · broken: waits for its next
 * attempt · crowded: the server has no room for another stream, so it is asked now and then · resting: nobody looks
 */
export type Phase = 'idle' | 'connecting' | 'catching-up' | 'live' | 'broken' | 'crowded' | 'resting';

export interface Link {
  readonly phase: Phase;
  /** Live position up to which nothing is missing. */
  readonly position: number;
  /** Position at which catching up ends; positions have no gaps, so that the distance is the number of events, or nearly. */
  readonly head: number;
  /** Clock of the last message, milliseconds; null before the first. */
  readonly heard: number | null;
  /** The server's time at the last message, ISO 8601: the data stand as of then. */
  readonly at: string | null;
  /** Attempts in a row that came to nothing. */
  readonly failures: number;
  /** Clock at which `tick` is due, milliseconds; null where nothing is waited for. */
  readonly until: number | null;
  /** What is being fetched beside the stream because the stream left it out. */
  readonly gap: 'changes' | 'reload' | null;
  /** What the stream said since the gap: it may only be applied after what fills it. */
  readonly queue: readonly Changes[];
}

export type LinkEvent =
  /** Columns are held at this position, for the first time or anew. */
  | { readonly type: 'held'; readonly position: number }
  | { readonly type: 'message'; readonly message: Message }
  /** The stream ended or could not be opened. */
  | { readonly type: 'closed' }
  /** No room for another stream; seconds after which to ask again. */
  | { readonly type: 'crowded'; readonly retryAfter: number }
  | { readonly type: 'filled'; readonly asOf: number; readonly at: string | null }
  /** `gone`: the server no longer holds what was asked for. */
  | { readonly type: 'unfilled'; readonly gone: boolean }
  /** What was handed on behind `position` could not be applied: a word that the held columns do not know. */
  | { readonly type: 'unusable'; readonly position: number }
  | { readonly type: 'tick' }
  /** The page is seen again, or the network is back. */
  | { readonly type: 'wake' }
  /** The browser says that there is no network. */
  | { readonly type: 'offline' }
  /** Nobody has looked for a while; what was handed on behind `position` is forgotten. */
  | { readonly type: 'rest'; readonly position: number };

export type Effect =
  | { readonly do: 'connect'; readonly after: number }
  | { readonly do: 'hang-up' }
  /** Ends in `filled` or `unfilled`. What `changes` brings is applied before `filled` is said. */
  | { readonly do: 'fill'; readonly by: 'changes' | 'reload'; readonly after: number }
  | { readonly do: 'forget-fill' }
  /** `news`: it happened just now, and is not caught up with. */
  | { readonly do: 'apply'; readonly changes: Changes; readonly news: boolean }
  | { readonly do: 'ground' };

/** Beats come every 10 s: after this much silence the stream is not to be trusted. */
export const SILENCE_MS = 25_000;
const CONNECT_MS = 15_000;
/** The first attempt is quick: most breaks are a proxy's or a server's restart. */
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 30_000;
const CROWDED_WAIT_MS = 20_000;
/** After so many attempts what has changed is asked for beside the next: some proxies let no stream through. */
const ASK_AFTER = 3;
/** More messages than this are not kept while a gap is filled: the stream is taken up again behind it. */
const MOST_QUEUED = 1000;

export const FIRST_LINK: Link = {
  phase: 'idle',
  position: 0,
  head: 0,
  heard: null,
  at: null,
  failures: 0,
  until: null,
  gap: null,
  queue: [],
};

/** Waits grow twofold, and are spread so that the pages of a county do not all come back at one moment. */
export const waitAfter = (failures: number, random: number): number =>
  Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1), LONGEST_WAIT_MS) * (0.5 + random / 2);

type Step = readonly [Link, readonly Effect[]];

/**
 * @param now milliseconds of a clock that never goes back
 * @param random from [0, 1)
 */
export function step(link: Link, event: LinkEvent, now: number, random: number): Step {
  switch (event.type) {
    case 'held':
      if (link.phase === 'idle') return connect({ ...link, position: event.position }, now);
      // Loaded anew for another reason, a wider window say: what it contains need not come through the stream.
      if (link.gap !== null || event.position <= link.position) return [link, []];
      return [{ ...link, position: event.position }, []];
    case 'message':
      return isOpen(link) ? heard({ ...link, heard: now, until: now + SILENCE_MS }, event.message, now) : [link, []];
    case 'closed':
      return isOpen(link) ? broken(link, link.failures + 1, now, random) : [link, []];
    case 'crowded': {
      if (!isOpen(link)) return [link, []];
      const wait = Math.max(event.retryAfter * 1000, CROWDED_WAIT_MS) * (1 + random / 2);
      return [
        { ...link, phase: 'crowded', until: now + wait, gap: 'changes', queue: [], failures: 0 },
        [{ do: 'fill', by: 'changes', after: link.position }],
      ];
    }
    case 'filled':
      return link.gap === null ? [link, []] : filled(link, event, now);
    case 'unfilled':
      return unfilled(link, event.gone, now, random);
    case 'unusable':
      if (link.phase === 'idle' || link.phase === 'resting' || link.gap === 'reload') return [link, []];
      // Should loading fail, the stream must bring this again.
      return reload({ ...link, position: event.position });
    case 'tick':
      if (link.until === null || now < link.until) return [link, []];
      if (!isOpen(link)) return connect(link, now);
      // A silent stream is given up and taken up again at once; one that does not even open has to wait.
      return link.phase === 'connecting'
        ? hungUp(broken(link, link.failures + 1, now, random))
        : hungUp(connect({ ...link, failures: link.failures + 1 }, now));
    case 'wake':
      if (link.phase === 'broken' || link.phase === 'resting') return connect({ ...link, failures: 0 }, now);
      if (isOpen(link) && link.heard !== null && now - link.heard > SILENCE_MS) return hungUp(connect(link, now));
      return [link, []];
    case 'offline': {
      if (!isOpen(link)) return [link, []];
      const [lost, effects] = broken(link, Math.max(link.failures, 1) + 1, now, random);
      // The browser tells when the network is back; should it not, an attempt is made all the same.
      return hungUp([{ ...lost, until: now + LONGEST_WAIT_MS }, effects]);
    }
    case 'rest':
      if (link.phase === 'idle' || link.phase === 'resting') return [link, []];
      return hungUp([
        { ...link, phase: 'resting', position: event.position, until: null, gap: null, queue: [] },
        [{ do: 'forget-fill' }],
      ]);
  }
}

const isOpen = ({ phase }: Link): boolean => phase === 'connecting' || phase === 'catching-up' || phase === 'live';

const hungUp = ([link, effects]: Step): Step => [link, [{ do: 'hang-up' }, ...effects]];

function connect(link: Link, now: number): Step {
  const next: Link = { ...link, phase: 'connecting', until: now + CONNECT_MS, gap: null, queue: [] };
  const effects: Effect[] = [{ do: 'connect', after: link.position }];
  // The stream itself brings what was missing, or says anew that it cannot.
  return [next, link.gap === null ? effects : [{ do: 'forget-fill' }, ...effects]];
}

function broken(link: Link, failures: number, now: number, random: number): Step {
  const until = now + waitAfter(failures, random);
  const next: Link = { ...link, phase: 'broken', failures, until, gap: null, queue: [] };
  const effects: Effect[] = link.gap === null ? [] : [{ do: 'forget-fill' }];
  if (failures < ASK_AFTER) return [next, effects];
  return [{ ...next, gap: 'changes' }, [...effects, { do: 'fill', by: 'changes', after: link.position }]];
}

function heard(link: Link, message: Message, now: number): Step {
  const { asOf } = message;
  switch (message.type) {
    case 'hello': {
      const phase = message.pending > 0 ? 'catching-up' : 'live';
      return [{ ...link, phase, head: link.position + message.pending, at: message.at }, []];
    }
    case 'incidents': {
      if (link.gap !== null) {
        if (link.queue.length < MOST_QUEUED) return [{ ...link, at: message.at, queue: [...link.queue, message] }, []];
        return hungUp(broken(link, 1, now, 0));
      }
      const next = reached({ ...link, at: message.at }, asOf);
      // Contained in what was loaded meanwhile.
      if (asOf <= link.position) return [next, []];
      return [next, [{ do: 'apply', changes: message, news: link.phase === 'live' }]];
    }
    case 'ground':
      // Told before the incidents of the same moment, with the position of them all: only they make it reached.
      return [link, [{ do: 'ground' }]];
    case 'beat':
      // A stream that has lasted until a beat works: the next break is a new one.
      return [{ ...(link.gap === null ? reached(link, asOf) : link), at: message.at, failures: 0 }, []];
    case 'digest':
      return [
        { ...link, phase: 'catching-up', head: asOf, gap: link.gap ?? 'changes' },
        link.gap === null ? [{ do: 'fill', by: 'changes', after: link.position }] : [],
      ];
    case 'reset':
      return reload({ ...link, phase: 'catching-up', head: asOf });
  }
}

/** Events that are still to come. */
export const remainingOf = ({ head, position }: Link): number => Math.max(0, head - position);

/** Nothing is missing up to `asOf`. */
function reached(link: Link, asOf: number): Link {
  const position = Math.max(link.position, asOf);
  return { ...link, position, phase: link.phase === 'catching-up' && position >= link.head ? 'live' : link.phase };
}

/** Whatever was being fetched: the whole columns contain it. What the stream says from here on is kept for after them. */
function reload(link: Link): Step {
  const effects: Effect[] = [{ do: 'fill', by: 'reload', after: link.position }];
  return [{ ...link, gap: 'reload', queue: [] }, link.gap === null ? effects : [{ do: 'forget-fill' }, ...effects]];
}

function filled(link: Link, { asOf, at }: { asOf: number; at: string | null }, now: number): Step {
  let next = reached({ ...link, gap: null, queue: [] }, asOf);
  // The stream is silent, yet the server was heard.
  if (!isOpen(link)) next = { ...next, heard: now, at: at ?? link.at };
  const effects: Effect[] = [];
  for (const changes of link.queue) {
    if (changes.asOf <= next.position) continue;
    effects.push({ do: 'apply', changes, news: false });
    next = reached(next, changes.asOf);
  }
  return [next, effects];
}

function unfilled(link: Link, gone: boolean, now: number, random: number): Step {
  if (link.gap === null) return [link, []];
  if (gone) return reload(link);
  if (!isOpen(link)) return [{ ...link, gap: null, queue: [] }, []];
  return hungUp(broken({ ...link, gap: null }, link.failures + 1, now, random));
}
