/** What passes between the API's thread and the worker that holds the embedded engine. One request at a time. */

export interface WorkerOptions {
  /** Folder of the engine's own files. */
  readonly dataDir: string;
}

export type Request =
  | { readonly op: 'statement'; readonly text: string; readonly params: readonly (string | null)[] }
  | { readonly op: 'copyIn'; readonly target: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly op: 'copyOut'; readonly query: string; readonly format: 'binary' | 'text' }
  | { readonly op: 'close' };

export interface Answer {
  readonly rows: Record<string, unknown>[];
  readonly affected: number;
  readonly tag: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  /** A notification came with it: what the statement or an earlier one committed had announced itself. */
  readonly heard: boolean;
}

export interface Refusal {
  readonly message: string;
  readonly code: string | null;
  /** The engine's memory can no longer be trusted: it has to be reopened from its files. */
  readonly broken: boolean;
}

/** The first message is the answer to opening; then one for each request. */
export type Reply = { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly refusal: Refusal };
