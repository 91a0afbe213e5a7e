/** What tiles are made of, all of it in memory and of one moment. */
import type { DwellingColumns } from '@wangge/geodata/tiles/dwelling-tile';
import type { Current, Models } from '../county/models.ts';
import { DwellingModel } from '../dwellings/columns.ts';

export interface Moment extends Current {
  readonly dwellings: DwellingColumns;
}

/**
 * Gives the present moment: at once where all of it is in memory, else as soon as it has been read.
 * @throws Problem 503 where no county is loaded.
 */
export function momentReader(models: Models): () => Moment | Promise<Moment> {
  const dwellings = new DwellingModel(models.db);
  let held: { readonly of: Current; readonly moment: Moment } | null = null;
  const at = (current: Current): Moment | Promise<Moment> => {
    if (held?.of === current) return held.moment;
    const make = (columns: DwellingColumns): Moment => {
      const moment = { ...current, dwellings: columns };
      held = { of: current, moment };
      return moment;
    };
    // The ground of an edition and a day: nearly always the one before.
    if (held?.of.ground === current.ground) return make(held.moment.dwellings);
    return dwellings.at(current.version).then(make);
  };
  return () => {
    const current = models.current();
    return current instanceof Promise ? current.then(at) : at(current);
  };
}
