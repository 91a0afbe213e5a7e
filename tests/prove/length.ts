/** How much of a proof runs: `npm test` runs each in short, `npm run prove` at the counts that the issues name. */
export const full = process.env.WANGGE_TEST_LENGTH === 'full';

/** @returns the count for `npm test`, or the one for `npm run prove` */
export const counted = (short: number, long: number): number => (full ? long : short);

/** What all chance of a proof is drawn from; another one tries other moments. */
export const SEED = Number(process.env.WANGGE_TEST_SEED ?? 620_622);
