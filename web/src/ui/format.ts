/** Numbers and days as the reader's language writes them; days in the county's time zone. */
import { FEW, isShown, LEAST_SHOWN, shareOf } from '@wangge/geodata/incidents/suppress';

export interface Formats {
  readonly lang: string;
  /** A withheld count as its sign: `＜3`, or `＊` where it is three or more. */
  count(value: number): string;
  /** Whole from 10 on, else one decimal; `＊` where it comes from a withheld count. */
  rate(value: number): string;
  /** `98.1%`, one decimal; null where there is no denominator, `＊` where one of the two is withheld. */
  percent(numerator: number, denominator: number): string | null;
  /** `+6.2%`, `−3.1%`, `±0%`. */
  change(ratio: number): string;
  /** A change in 个百分点, one decimal. */
  points(points: number): string;
  area(km2: number): string;
  day(isoDay: string): string;
  /** `6月30日`, without the year. */
  dayOfYear(isoDay: string): string;
  /** `6月`; January with its year. */
  month(isoDay: string): string;
  weekday(isoDay: string): string;
  /** Both days included. */
  days(range: { readonly from: string; readonly to: string }): string;
  /** Hours of the county's clock, `2026-06-30T08`, half-open. */
  hours(range: { readonly from: string; readonly to: string }): string;
  /** Day and time of an instant, to the minute. */
  moment(instant: string | Date): string;
  time(instant: string | Date): string;
}

const cache = new Map<string, Formats>();

export function formatsFor(lang: string, timeZone: string): Formats {
  const key = `${lang} ${timeZone}`;
  const known = cache.get(key);
  if (known) return known;
  const integer = new Intl.NumberFormat(lang, { maximumFractionDigits: 0 });
  const decimal = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
  const precise = new Intl.NumberFormat(lang, { maximumSignificantDigits: 3 });
  const share = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 });
  const signed = new Intl.NumberFormat(lang, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  const signedPoints = new Intl.NumberFormat(lang, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  // A hyphen is no minus.
  const minus = (text: string) => text.replace('-', '−');
  // A calendar day is no instant: it is formatted where it was written, without a shift.
  const month = lang === 'en' ? 'short' : 'long';
  const day = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', year: 'numeric', month, day: 'numeric' });
  const dayOfYear = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', month, day: 'numeric' });
  // The long Chinese month is written out, 十二月.
  const monthAlone = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', month: lang === 'en' ? 'short' : 'numeric' });
  const monthOfYear = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', year: 'numeric', month });
  const weekday = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', weekday: 'short' });
  const stamp = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' });
  const few = lang === 'en' ? `<${LEAST_SHOWN}` : `＜${LEAST_SHOWN}`;
  const leftOut = lang === 'en' ? '*' : '＊';
  const formats: Formats = {
    lang,
    count: (value) => (isShown(value) ? integer.format(value) : value === FEW ? few : leftOut),
    rate: (value) => (isShown(value) ? (value >= 10 ? integer : decimal).format(value) : leftOut),
    percent: (n, d) => {
      const of = shareOf(n, d);
      if (of === null) return null;
      // Rounding never says 100% of what is not all.
      return isShown(of) ? share.format(n < d ? Math.min(of, 0.999) : of) : leftOut;
    },
    change: (ratio) => {
      if (!isShown(ratio)) return leftOut;
      return Math.abs(ratio) < 0.0005 ? '±0%' : minus(signed.format(ratio));
    },
    points: (points) => {
      if (!isShown(points)) return leftOut;
      return Math.abs(points) < 0.05 ? '±0' : minus(signedPoints.format(points));
    },
    area: (km2) => (km2 < 100 ? precise.format(km2) : integer.format(km2)),
    day: (isoDay) => day.format(new Date(`${isoDay}T00:00:00Z`)),
    dayOfYear: (isoDay) => dayOfYear.format(new Date(`${isoDay}T00:00:00Z`)),
    month: (isoDay) => (isoDay.slice(5, 7) === '01' ? monthOfYear : monthAlone).format(new Date(`${isoDay}T00:00:00Z`)),
    weekday: (isoDay) => weekday.format(new Date(`${isoDay}T00:00:00Z`)),
    days: ({ from, to }) => {
      const [first, last] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
      if (lang === 'en') return day.formatRange(first, last);
      // The Chinese pattern of formatRange is written with slashes.
      if (from === to) return day.format(first);
      return `${day.format(first)}至${(from.slice(0, 4) === to.slice(0, 4) ? dayOfYear : day).format(last)}`;
    },
    hours: ({ from, to }) => {
      const at = (hour: string, format: Intl.DateTimeFormat, clock: number) => {
        const on = format.format(new Date(`${hour.slice(0, 10)}T00:00:00Z`));
        return lang === 'en' ? `${on}, ${String(clock).padStart(2, '0')}:00` : `${on}${clock}时`;
      };
      const clockOf = (hour: string) => Number(hour.slice(11, 13));
      // An end at midnight is written as the 24th hour of the day that ends.
      const ended = new Date(Date.parse(`${to}:00:00Z`) - 3_600_000).toISOString();
      const end = clockOf(ended) + 1;
      const far = from.slice(0, 4) === ended.slice(0, 4) ? dayOfYear : day;
      if (from.slice(0, 10) === ended.slice(0, 10)) {
        return lang === 'en'
          ? `${at(from, day, clockOf(from))}–${String(end).padStart(2, '0')}:00`
          : `${at(from, day, clockOf(from))}至${end}时`;
      }
      return `${at(from, day, clockOf(from))}${lang === 'en' ? ' – ' : '至'}${at(ended, far, end)}`;
    },
    moment: (instant) => stamp.format(new Date(instant)),
    time: (instant) => clock.format(new Date(instant)),
  };
  cache.set(key, formats);
  return formats;
}
