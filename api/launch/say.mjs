/** What the terminal shows before the API runs: calm lines, Chinese first. Plain node:, as nothing is installed yet. */

/** A failure that a person can act on: shown as its sentences, without a stack. */
export class Refusal extends Error {
  /**
   * @param {string} zh
   * @param {string} en
   */
  constructor(zh, en) {
    super(`${zh}\n${en}`);
    this.name = 'Refusal';
  }
}

/**
 * @param {string} zh
 * @param {string} en
 */
export const say = (zh, en) => console.log(`${zh}  ${en}`);

/**
 * Shows a failure and leaves with exit code 1.
 * @param {unknown} error
 * @returns {never}
 */
export function giveUp(error) {
  console.error(
    `\n${error instanceof Refusal ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
}
