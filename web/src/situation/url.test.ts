import { KINDS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMPARISONS } from './comparison.ts';
import { LAYERS } from './layer.ts';
import { MEASURES } from './measure.ts';
import { PERIODS } from './period.ts';
import {
  DEFAULT_VIEW,
  LANGUAGES,
  parseSearch,
  parseView,
  type Search,
  searchOf,
  stringifySearch,
  THEMES,
  type ViewState,
} from './url.ts';

const hours = fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 9000 })).map(([from, length]) => {
  const hour = (n: number) => new Date(Date.UTC(2025, 0, 1, n)).toISOString().slice(0, 13);
  return { from: hour(from), to: hour(from + length) };
});
/** Some words of a dictionary in its order; null is not filtered. */
const some = <T extends string>(words: readonly T[]) =>
  fc.option(fc.subarray([...words], { minLength: 1 }), { nil: null });

const views: fc.Arbitrary<ViewState> = fc
  .record({
    area: fc.constantFrom(null, '620622103', '620622103001001'),
    period: fc.constantFrom(...PERIODS),
    span: hours,
    compare: fc.constantFrom(null, ...COMPARISONS),
    filter: fc.record({
      kinds: some(KINDS),
      categories: some(['dispute', 'road', 'water-2']),
      urgencies: some(URGENCIES),
      states: some(STATES),
      open: fc.constantFrom(null, true, false),
    }),
    measure: fc.constantFrom(...MEASURES),
    layers: fc.subarray([...LAYERS]),
    pick: fc.constantFrom(null, 'vacant', '12', '0.5'),
    camera: fc.option(
      fc.record({
        lon: fc.integer({ min: -1_800_000, max: 1_800_000 }).map((n) => n / 1e4),
        lat: fc.integer({ min: -850_000, max: 850_000 }).map((n) => n / 1e4),
        zoom: fc.integer({ min: 0, max: 2400 }).map((n) => n / 100),
      }),
    ),
    view: fc.constantFrom('map' as const, 'table' as const, 'list' as const, 'wall' as const),
    incident: fc.option(fc.integer({ min: 1, max: 0xffffffff })),
    since: fc.option(fc.integer({ min: 0, max: 0xffffffff })),
    reception: fc.boolean(),
    lang: fc.constantFrom(null, ...LANGUAGES),
    theme: fc.constantFrom(null, ...THEMES),
  })
  .map((view) => ({ ...view, span: view.period === 'custom' ? view.span : null }));

test('every view comes back from its address as it was', () => {
  fc.assert(
    fc.property(views, (view) => {
      const address = stringifySearch(searchOf(view));
      expect(parseView(parseSearch(address))).toEqual(view);
    }),
  );
});

test('the address is readable and leaves out what is the default', () => {
  expect(stringifySearch(searchOf(DEFAULT_VIEW))).toBe('');
  const view: ViewState = { ...DEFAULT_VIEW, area: '620622103', period: '7d', layers: ['fill', 'heat', 'labels'] };
  expect(stringifySearch(searchOf(view))).toBe('?area=620622103&period=7d&layers=fill,heat,labels');
});

test('days are written as days and meant whole, hours as hours, and a period’s name is not needed for either', () => {
  const days = parseView({ period: 'custom', from: '2026-10-01', to: '2026-10-07' });
  expect(days.span).toEqual({ from: '2026-10-01T00', to: '2026-10-08T00' });
  expect(stringifySearch(searchOf(days))).toBe('?from=2026-10-01&to=2026-10-07');
  const watch = parseView(parseSearch('?from=2026-06-30T08&to=2026-07-01T08'));
  expect(watch).toMatchObject({ period: 'custom', span: { from: '2026-06-30T08', to: '2026-07-01T08' } });
  expect(stringifySearch(searchOf(watch))).toBe('?from=2026-06-30T08&to=2026-07-01T08');
});

test('a filter is readable, and words that are not known filter nothing', () => {
  const view = parseView(parseSearch('?kind=event,luck,dispute&urgency=none&open=true'));
  expect(view.filter).toMatchObject({ kinds: ['event', 'dispute'], urgencies: null, open: true });
  expect(stringifySearch(searchOf(view))).toBe('?kind=event,dispute&open=true');
});

test('a code keeps all its digits', () => {
  expect(parseView(parseSearch('?area=62062210300100112345')).area).toBe('62062210300100112345');
});

test('what is not understood falls back and breaks nothing', () => {
  const bad: Search = {
    area: 'a b<script>',
    period: 'custom',
    from: '2026-02-30',
    to: '2026-03-01',
    measure: 'luck',
    layers: 'fill,smoke',
    camera: '1,2',
    lang: 'xx',
  };
  expect(parseView(bad)).toEqual({ ...DEFAULT_VIEW, layers: ['fill'] });
  expect(parseView({ period: 'custom', from: '2026-03-02', to: '2026-03-01' }).period).toBe('30d');
});
