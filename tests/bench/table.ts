import { type Figure, milliseconds, type Outcome } from './group.ts';

const times = (ratio: number): string =>
  ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);

/** The ratios, what they had to be, and the milliseconds behind them, which decide nothing. */
export function printTable(outcomes: readonly Outcome[], figures: readonly Figure[], notes: readonly string[]): void {
  const rows = outcomes.map(({ name, ratio, least, greatest, target, ours, theirs, met }) => [
    name,
    ratio === null ? 'not comparable' : times(ratio),
    ratio === null ? '' : `${times(least)}–${times(greatest)}`,
    target === null ? '' : 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`,
    met ? (target === null ? '' : 'met') : 'MISSED',
    ratio === null ? '' : `${milliseconds(ours.ms)}  ${ours.name}`,
    ratio === null ? '' : `${milliseconds(theirs.ms)}  ${theirs.name}`,
  ]);
  const table = [['', 'ratio', 'range', 'target', '', 'ours', 'theirs'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  console.log('\n── ratios: medians over the rounds, their range, and the medians of the milliseconds an item');
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    );
  if (figures.length > 0) console.log('');
  for (const { name, value, target, failed, detail } of figures) {
    console.log(`${name}: ${value} (${target})${failed === null ? '' : `  FAILED: ${failed}`}; ${detail}`);
  }
  console.log('');
  for (const note of notes) console.log(note);
}
