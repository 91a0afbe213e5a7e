import { describe, expect, it } from 'vitest';
import { linesProgress } from './progress.ts';

function terminal(isTTY: boolean) {
  let text = '';
  let now = 0;
  const progress = linesProgress({ isTTY, write: (more) => (text += more) }, () => now);
  return { progress, wait: (ms: number) => (now += ms), text: () => text };
}

describe('progress', () => {
  it('rewrites one line a step on a terminal and closes it with its duration', () => {
    const { progress, wait, text } = terminal(true);
    progress.step('写入网格', 'Writing grids');
    for (const done of [1, 2, 3, 300]) progress.at(done, 300);
    wait(1250);
    progress.end();
    expect(text().split('\r\u001b[K')).toEqual([
      '写入网格  Writing grids…',
      '写入网格  Writing grids… 1 %',
      '写入网格  Writing grids… 100 %',
      '写入网格  Writing grids  1.3 s\n',
    ]);
  });

  it('writes one plain line a step into a log, without control characters', () => {
    const { progress, text } = terminal(false);
    progress.step('一', 'One');
    progress.at(1, 2);
    progress.note('注意', 'Note');
    progress.step('二', 'Two');
    progress.end();
    expect(text()).toBe('一  One…\n注意  Note\n二  Two…\n');
  });
});
