/** What every copied sentence, sheet and print says about its figures: time of data, how they are counted, whose they are. */
import { LEAST_SHOWN } from '@wangge/geodata/incidents/suppress';
import { clauses, type Say } from '../locales/say.ts';

export interface Basis {
  /** Time of data, as it is written: 2026-07-01 14:00. */
  readonly at: string;
  /** The window as it is written: 2026年6月2日至7月1日. */
  readonly window: string;
  /** The last day of the window or today, whichever is earlier, as it is written: posts are counted on it. */
  readonly day: string;
  /** What the filter lets through, in words; null where everything counts. */
  readonly filter: string | null;
  /** The county's line on where its data comes from. */
  readonly source: string;
  /** The figures are of the demonstration, and no real ones. */
  readonly demonstration: boolean;
  /** Small counts are withheld. */
  readonly reception: boolean;
}

/**
 * What is counted: reports of the window (`incidents`), posts on a day (`posts`), both, or what a grid is (`ground`).
 */
export type Counted = 'incidents' | 'posts' | 'both' | 'ground';

/** 口径 without its heading. */
export function countingOf(say: Say, basis: Basis, counted: Counted): string {
  const { window, filter, day } = basis;
  const parts: string[] = [];
  if (counted === 'incidents' || counted === 'both') {
    parts.push(say(/* i18n */ { id: 'basis.window', message: '按发生时间统计，{window}' }, { window }));
    parts.push(
      filter === null
        ? say(/* i18n */ { id: 'basis.all', message: '含信息采集、事件和矛盾纠纷，未筛选' })
        : say(/* i18n */ { id: 'basis.filter', message: '仅计{filter}' }, { filter }),
    );
    parts.push(
      say(
        /* i18n */ {
          id: 'basis.denominators',
          message: '化解率以矛盾纠纷为分母，未办结以事件和矛盾纠纷为分母，办结状态截至数据时间',
        },
      ),
    );
  }
  if (counted === 'posts' || counted === 'both') {
    parts.push(
      say(/* i18n */ { id: 'basis.posts', message: '网格员配备按{day}，每格应有一名专职网格员在岗' }, { day }),
    );
  }
  if (counted === 'ground') {
    parts.push(say(/* i18n */ { id: 'basis.ground', message: '户数和人口为常住，面积按网格界线量算' }));
  }
  if (basis.reception && counted !== 'posts') {
    parts.push(
      say(
        /* i18n */ {
          id: 'basis.reception',
          message: '接待模式，不足{least}的数写作＜{least}，可由此推算的数写作＊',
        },
        { least: LEAST_SHOWN },
      ),
    );
  }
  return clauses(say, parts);
}

/** 来源 without its heading; synthetic figures say that they are. */
export function sourceOf(say: Say, { source, demonstration }: Basis): string {
  if (!demonstration) return source;
  return say(/* i18n */ { id: 'basis.demonstration', message: '{source}（演示数据·非真实情况）' }, { source });
}

/** A sentence made ready for a report: with 截至, 口径 and 来源 behind it. */
export function cited(say: Say, sentence: string, basis: Basis, counted: Counted): string {
  return say(
    /* i18n */ {
      id: 'basis.cited',
      message: '{sentence}\n截至{at}。口径：{counting}。来源：{source}。',
    },
    { sentence, at: basis.at, counting: countingOf(say, basis, counted), source: sourceOf(say, basis) },
  );
}
