import type { Database } from '@wangge/api/db/database';

/** The fixture `gulang`; tests that name a figure of it rely on these two. */
export const SEED = 620_622;
export const ANCHOR = '2026-06-30';

export async function loadFixtureCounty(database: Database): Promise<void> {
  // Loaded only when a test asks for the county: generating it takes the geometry of the whole package.
  const { loadDemonstrationCounty } = await import('@wangge/api/county/load');
  await loadDemonstrationCounty(database, { seed: SEED, anchor: ANCHOR });
}
