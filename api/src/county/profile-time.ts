/** Local clock times of a time zone as instants; Node 20 has no Temporal. */

const LOCAL = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;
const OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * An instant from `2026-03-05T08:30:00+08:00`, or from a local time such as `2026-03-05 08:30`, `2026/3/5 8:30` or
 * `2026-03-05` (midnight) in the time zone. A local time that a clock change repeats is its first occurrence.
 * @returns null where the text is no time, e.g. 30 February
 */
export function instantOf(text: string, timeZone: string): Date | null {
  if (OFFSET.test(text) && text.includes('T')) {
    const instant = new Date(text);
    return Number.isNaN(instant.getTime()) ? null : instant;
  }
  const parts = LOCAL.exec(text);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const check = new Date(wall);
  if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day || hour > 23 || minute > 59) return null;
  // Before a change of the clock the offset is another than after it: of both guesses the earlier that fits.
  const day1 = 86_400_000;
  const guesses = [wall - offsetAt(wall - day1, timeZone), wall - offsetAt(wall + day1, timeZone)];
  const fitting = guesses.filter((guess) => guess + offsetAt(guess, timeZone) === wall);
  return new Date(Math.min(...(fitting.length > 0 ? fitting : guesses)));
}

/** What clocks in the zone are ahead of UTC, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const wall = Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour!, parts.minute!, parts.second!);
  return wall - Math.floor(instant / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}
