/** One way to ask the API: a failure becomes an `ApiError` with a sentence that can be shown. */

export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    /** HTTP status; 0 where no answer came. */
    readonly status: number,
    /** `type` of the problem document, or null. */
    readonly type: string | null,
    message: string,
  ) {
    super(message);
  }

  /** The last word of the problem's type, e.g. `no-county`. */
  get kind(): string | null {
    return this.type?.split(':').at(-1) ?? null;
  }
}

async function ask(url: string, accept: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { headers: { accept }, signal });
  } catch (cause) {
    // An aborted request is no failure of the service; the caller no longer wants it.
    if (signal.aborted) throw cause;
    throw new ApiError(0, null, '');
  }
  if (!response.ok) {
    const problem: unknown = await response.json().catch(() => null);
    const { type, title, detail } = (problem ?? {}) as { type?: string; title?: string; detail?: string };
    throw new ApiError(response.status, type ?? null, detail ?? title ?? response.statusText);
  }
  return response;
}

/** JSON of a shape that the API's schema promises; the server validates, the browser trusts its own origin. */
export async function askJson<T>(url: string, signal: AbortSignal): Promise<T> {
  const response = await ask(url, 'application/json, application/geo+json', signal);
  return (await response.json()) as T;
}

export async function askBytes(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const response = await ask(url, 'application/octet-stream', signal);
  return new Uint8Array(await response.arrayBuffer());
}
