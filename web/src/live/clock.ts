/** Time as the live side needs it; tests bring their own. */
export interface Clock {
  /** Milliseconds; never goes back. */
  now(): number;
  /** @returns how to call it off */
  after(ms: number, run: () => void): () => void;
  /** In the first frame that is painted after so many milliseconds. @returns how to call it off */
  frame(ms: number, run: () => void): () => void;
}

export const BROWSER_CLOCK: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  frame(ms, run) {
    let frame = 0;
    const timer = setTimeout(() => {
      frame = requestAnimationFrame(run);
    }, ms);
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    };
  },
};
