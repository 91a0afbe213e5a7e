/** The bench: opens it, measures its groups one after another, prints the table and says by its exit code how it went. */
import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBench } from './bench.ts';
import { type Figure, type Group, measured, type OpenGroup, type Outcome } from './group.ts';
import { browser } from './lines/browser.ts';
import { geojson } from './lines/geojson.ts';
import { importing } from './lines/importing.ts';
import { overview } from './lines/overview.ts';
import { rollup } from './lines/rollup.ts';
import { streams } from './lines/streams.ts';
import { gridTiles, incidentTiles } from './lines/tiles.ts';
import { printTable } from './table.ts';

/** In the order in which they run; the names are what the command line takes. */
const GROUPS: Readonly<Record<string, OpenGroup>> = {
  'grid-tiles': gridTiles,
  'incident-tiles': incidentTiles,
  overview,
  rollup,
  geojson,
  import: importing,
  streams,
  browser,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in GROUPS));
if (unknown.length > 0) {
  console.error(`There is no group ${unknown.join(', ')}; there are ${Object.keys(GROUPS).join(', ')}.`);
  process.exit(1);
}

const folder = await mkdtemp(join(tmpdir(), 'wangge-bench-'));
// PostgreSQL runs as another user where the bench runs as root.
await chmod(folder, 0o755);
const sweep = (): void => rmSync(folder, { recursive: true, force: true });
process.once('exit', sweep);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

console.log(`\n── loading the demonstration county into PostgreSQL 15 (${cpus().length} cores)`);
const bench = await openBench(folder);
const outcomes: Outcome[] = [];
const figures: Figure[] = [];
const notes: string[] = [];
try {
  for (const [name, open] of Object.entries(GROUPS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n── ${name}`);
    let group: Group | null = null;
    try {
      group = await open(bench);
      const difference = await group.compare();
      figures.push(...((await group.figures?.()) ?? []));
      notes.push(...group.notes.map((note) => `${name}: ${note}`));
      if (difference === null) outcomes.push(...(await measured(group, console.log)));
      else {
        for (const { name: line, target } of group.ratios) outcomes.push(incomparable(line, target));
        notes.push(`${name}: not comparable: ${difference}`);
      }
    } catch (error) {
      // The other groups say what they have to say all the same.
      outcomes.push(incomparable(name, null));
      notes.push(`${name}: failed: ${(error as Error).stack ?? error}`);
    } finally {
      await group?.close?.();
    }
  }
} finally {
  await bench.close();
}
printTable(outcomes, figures, notes);
process.exit(outcomes.every(({ met }) => met) && figures.every(({ failed }) => failed === null) ? 0 : 1);

function incomparable(name: string, target: Outcome['target']): Outcome {
  const nobody = { name: '', ms: Number.NaN };
  return {
    name,
    ratio: null,
    least: Number.NaN,
    greatest: Number.NaN,
    target,
    ours: nobody,
    theirs: nobody,
    met: false,
  };
}
