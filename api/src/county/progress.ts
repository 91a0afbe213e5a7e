/** What a long load shows to whoever waits for it: calm lines, Chinese first. */

export interface Progress {
  /** Begins a step; the one before it is then done. */
  step(zh: string, en: string): void;
  /** How far the step has come. */
  at(done: number, total: number): void;
  /** Something to know that does not stop the load. */
  note(zh: string, en: string): void;
  /** Ends the last step. */
  end(): void;
}

/** Shows nothing. */
export const silent: Progress = { step() {}, at() {}, note() {}, end() {} };

/** What it needs of a terminal. */
export interface Lines {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/**
 * One line a step: on a terminal it is rewritten with the percentage, elsewhere (a log, a pipe) it is written once.
 * @param now milliseconds, for the duration of each step
 */
export function linesProgress(out: Lines, now: () => number = Date.now): Progress {
  let open: { readonly text: string; readonly from: number; shown: number } | null = null;
  const end = () => {
    if (!open) return;
    const seconds = ((now() - open.from) / 1000).toFixed(1);
    if (out.isTTY) out.write(`\r\u001b[K${open.text}  ${seconds} s\n`);
    open = null;
  };
  return {
    step(zh, en) {
      end();
      open = { text: `${zh}  ${en}`, from: now(), shown: 0 };
      out.write(out.isTTY ? `${open.text}…` : `${open.text}…\n`);
    },
    at(done, total) {
      const percent = total > 0 ? Math.floor((100 * done) / total) : 100;
      if (!open || !out.isTTY || percent === open.shown) return;
      open.shown = percent;
      out.write(`\r\u001b[K${open.text}… ${percent} %`);
    },
    note(zh, en) {
      out.write(out.isTTY && open ? `\r\u001b[K${zh}  ${en}\n${open.text}…` : `${zh}  ${en}\n`);
    },
    end,
  };
}
