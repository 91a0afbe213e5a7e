/** What is wrong with a profile folder, collected so that one attempt shows many faults. */

/** At most this many are shown. */
const SHOWN = 20;

/** A profile that cannot be loaded; the message names file, row and field of each fault, Chinese first. */
export class ProfileError extends Error {
  override name = 'ProfileError';
  constructor(
    folder: string,
    readonly problems: readonly string[],
  ) {
    const more = problems.length > SHOWN ? `\n  … +${problems.length - SHOWN}` : '';
    super(
      `县域资料 ${folder} 有 ${problems.length} 处问题，没有写入任何数据：\nThe profile has ${problems.length} faults; nothing was written:\n${problems
        .slice(0, SHOWN)
        .map((line) => `  ${line}`)
        .join('\n')}${more}`,
    );
  }
}

/** Collects faults; `place` is a file, or a row of one. */
export class Problems {
  readonly list: string[] = [];

  constructor(readonly folder: string) {}

  add(place: string, zh: string, en: string): void {
    this.list.push(`${place}：${zh} ${en}`);
  }

  /** @throws ProfileError where there are any */
  refuseIfAny(): void {
    if (this.list.length > 0) throw new ProfileError(this.folder, this.list);
  }
}
