import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR } from './clock.ts';
import { playedOn, SPEEDS, samplesOf, startOfPlay } from './playback.ts';
import { DAY } from './timeline.ts';

const YEAR = { from: 0, to: 365 * DAY };
const END = 364 * DAY + 15 * HOUR;

test('plays on from where the window stands, or from the start where nothing lies ahead', () => {
  const past = { from: 100 * DAY, to: 107 * DAY };
  expect(startOfPlay(past, YEAR, END)).toEqual(past);
  expect(startOfPlay({ from: 358 * DAY, to: 365 * DAY }, YEAR, END)).toEqual({ from: 0, to: 7 * DAY });
});

test('a window that fills the range is shortened to whole days, so that there is a way to go', () => {
  const start = startOfPlay(YEAR, YEAR, END);
  expect(start.from).toBe(0);
  expect(start.to % DAY).toBe(0);
  expect(start.to).toBeLessThan(YEAR.to / 5);
});

test('time goes on by whole hours, as fast as it is said, keeps the length, and ends at the end', () => {
  const start = { from: 10 * DAY, to: 11 * DAY };
  expect(playedOn(start, 2.9, 1, END).window.from).toBe(start.from + 2 * HOUR);
  expect(playedOn(start, 2, 168, END).window.from).toBe(start.from + 14 * DAY);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      fc.constantFrom(...SPEEDS),
      (a, b, speed) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        const one = playedOn(start, early, speed, END);
        const two = playedOn(start, late, speed, END);
        for (const { window } of [one, two]) {
          expect(window.to - window.from).toBe(DAY);
          expect(window.to).toBeLessThanOrEqual(END);
          expect((window.from - start.from) % HOUR).toBe(0);
        }
        expect(two.window.from).toBeGreaterThanOrEqual(one.window.from);
        expect(one.over).toBe(one.window.to > END - HOUR);
      },
    ),
  );
});

test('samples are as long as the window and reach from one end of the range to the other', () => {
  const samples = samplesOf({ from: 0, to: 7 * DAY }, YEAR, 12);
  expect(samples.length).toBe(12);
  expect(samples[0]).toEqual({ from: 0, to: 7 * DAY });
  expect(samples.at(-1)!.to).toBe(YEAR.to);
  expect(samples.every(({ from, to }) => to - from === 7 * DAY && from % HOUR === 0)).toBe(true);
});
