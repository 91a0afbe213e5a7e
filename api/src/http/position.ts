/** `as-of`: the position at which an answer stands, on every read answer of /api and /ogc. Set here and nowhere else. */
import type { Context } from 'hono';
import type { DataVersion } from '../county/version.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** At which the request is answered; not there before `versionFor`. */
    version: DataVersion | undefined;
  }
}

export const POSITION_HEADER = 'as-of';

/**
 * The version at which a request is answered; the answer gets its position as a header, a 304 too. The answer holds
 * everything up to there; where it has an `as_of` of its own, that may be later by what was written in between.
 * @throws Problem 503 where no county is loaded.
 */
export async function versionFor(c: Context, models: { version(): Promise<DataVersion> }): Promise<DataVersion> {
  const version = await models.version();
  c.set('version', version);
  c.header(POSITION_HEADER, String(version.position));
  return version;
}
