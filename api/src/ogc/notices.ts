/** What every document of `/ogc` and of the tiles says of the data, and where it stands. */
import type { Context } from 'hono';
import { BOUNDARY_NOTICE, DEMONSTRATION_ATTRIBUTIONS, DEMONSTRATION_NOTICE } from '../county/answer.ts';
import type { Ground } from '../county/ground.ts';
import type { Notices } from './documents.ts';

export const noticesOf = (ground: Ground): Notices => ({
  title: `${ground.county.name}网格`,
  description: [ground.synthetic ? DEMONSTRATION_NOTICE : '', BOUNDARY_NOTICE, ground.county.source_line]
    .filter((notice) => notice !== '')
    .map((notice) => `${notice}。`)
    .join(''),
  attribution: ground.synthetic ? DEMONSTRATION_ATTRIBUTIONS.join('；') : null,
});

/** Absolute address of `/ogc` as the client wrote it. */
export const rootOf = (c: Context): string => `${new URL(c.req.url).origin}/ogc`;
