/**
 * Conditional GET (RFC 9110 §13). Tags name the version of the data, never a hash of the body, so that a 304 costs no
 * body; tiles alone, which are kept as they are sent, are named by their bytes. Read answers carry weak tags: their bytes
 * differ by encoding and time stamp. Strong tags, for If-Match, belong to things that two people can change.
 */
import type { Context } from 'hono';

/** A weak entity tag of version parts. */
export const weakTag = (...parts: readonly (string | number)[]): string =>
  `W/"${parts.join('.').replaceAll(/[^\w.:+-]/g, '_')}"`;

/** Whether `If-None-Match` holds the tag (weak comparison). */
export function holdsTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const opaque = (t: string) => t.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((t) => opaque(t) === opaque(tag));
}

/** Headers of an answer that stands at a version: a cache asks again each time, and mostly gets a 304. */
export const versioned = (tag: string): Record<string, string> => ({ etag: tag, 'cache-control': 'no-cache' });

/**
 * The 304 for a request that already holds `tag`, else null.
 * @param vary the request headers on which the answer depends
 */
export function notModified(c: Context, tag: string, vary = 'Accept-Encoding'): Response | null {
  if (!holdsTag(c.req.header('if-none-match'), tag)) return null;
  return c.body(null, 304, { ...versioned(tag), vary });
}
