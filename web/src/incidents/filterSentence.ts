/** What a filter lets through, in words: for 口径. */
import { type IncidentFilter, isUnfiltered } from '@wangge/geodata/incidents/filter';
import type { Kind, State, Urgency } from '@wangge/geodata/incidents/incident';
import { listed, type Say } from '../locales/say.ts';
import type { CategoryName } from './sentence.ts';

export interface FilterWords {
  readonly kind: Readonly<Record<Kind, string>>;
  readonly urgency: Readonly<Record<Urgency, string>>;
  readonly state: Readonly<Record<State, string>>;
  readonly categories: readonly CategoryName[];
}

/** Null where everything passes. A category that the county does not have is named by its code. */
export function filterSentence(say: Say, lang: string, filter: IncidentFilter, words: FilterWords): string | null {
  if (isUnfiltered(filter)) return null;
  const { kinds, categories, urgencies, states, open } = filter;
  const category = (code: string) => {
    const found = words.categories.find((c) => c.code === code);
    return found === undefined ? code : lang === 'en' ? found.name_en : found.name;
  };
  const parts: string[] = [];
  const add = (values: readonly string[] | null, say_: (list: string) => string) => {
    if (values !== null) parts.push(say_(listed(say, values)));
  };
  add(kinds?.map((k) => words.kind[k]) ?? null, (list) =>
    say(/* i18n */ { id: 'filter.kinds', message: '类型为{list}' }, { list }),
  );
  add(categories?.map(category) ?? null, (list) =>
    say(/* i18n */ { id: 'filter.categories', message: '类别为{list}' }, { list }),
  );
  add(urgencies?.map((u) => words.urgency[u]) ?? null, (list) =>
    say(/* i18n */ { id: 'filter.urgencies', message: '紧急程度为{list}' }, { list }),
  );
  add(states?.map((s) => words.state[s]) ?? null, (list) =>
    say(/* i18n */ { id: 'filter.states', message: '状态为{list}' }, { list }),
  );
  if (open === true) parts.push(say(/* i18n */ { id: 'filter.open', message: '未办结的事件和矛盾纠纷' }));
  if (open === false) parts.push(say(/* i18n */ { id: 'filter.ended', message: '信息采集和已办结的' }));
  return parts.join(say(/* i18n */ { id: 'filter.and', message: '且' }));
}
