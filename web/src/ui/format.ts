/** Numbers and days as the reader's language writes them; days in the county's time zone. */

export interface Formats {
  readonly lang: string;
  count(value: number): string;
  /** Whole from 10 on, else one decimal. */
  rate(value: number): string;
  /** `98.1%`, one decimal; null where there is no denominator. */
  percent(numerator: number, denominator: number): string | null;
  area(km2: number): string;
  day(isoDay: string): string;
  /** Both days included. */
  days(range: { readonly from: string; readonly to: string }): string;
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
  // A calendar day is no instant: it is formatted where it was written, without a shift.
  const month = lang === 'en' ? 'short' : 'long';
  const day = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', year: 'numeric', month, day: 'numeric' });
  const dayOfYear = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', month, day: 'numeric' });
  const stamp = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' });
  const formats: Formats = {
    lang,
    count: (value) => integer.format(value),
    rate: (value) => (value >= 10 ? integer : decimal).format(value),
    // Rounding never says 100% of what is not all.
    percent: (n, d) => (d === 0 ? null : share.format(n < d ? Math.min(n / d, 0.999) : n / d)),
    area: (km2) => (km2 < 100 ? precise.format(km2) : integer.format(km2)),
    day: (isoDay) => day.format(new Date(`${isoDay}T00:00:00Z`)),
    days: ({ from, to }) => {
      const [first, last] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
      if (lang === 'en') return day.formatRange(first, last);
      // The Chinese pattern of formatRange is written with slashes.
      if (from === to) return day.format(first);
      return `${day.format(first)}至${(from.slice(0, 4) === to.slice(0, 4) ? dayOfYear : day).format(last)}`;
    },
    moment: (instant) => stamp.format(new Date(instant)),
    time: (instant) => clock.format(new Date(instant)),
  };
  cache.set(key, formats);
  return formats;
}
