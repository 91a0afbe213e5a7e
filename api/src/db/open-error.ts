/** A database that cannot be opened: its message is a sentence for the operator, Chinese first, that says what to do. */
export class OpenError extends Error {
  override name = 'OpenError';
  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(`${zh}\n${en}`, options);
  }
}

export const causeOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
