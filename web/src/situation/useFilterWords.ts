import { useLingui } from '@lingui/react/macro';
import type { CountyAnswer } from '@wangge/api/county/schema';
import type { IncidentFilter } from '@wangge/geodata/incidents/filter';
import { useIncidentWords } from '../incidents/words.ts';

/** What a filter leaves, in words: `事件、矛盾纠纷；紧急；未办结`. Empty where it passes everything. */
export function useFilterWords(county: CountyAnswer): (filter: IncidentFilter) => string {
  const { t, i18n } = useLingui();
  const words = useIncidentWords();
  const english = i18n.locale === 'en';
  const list = (names: readonly string[]) => names.join(english ? ', ' : '、');
  return ({ kinds, urgencies, categories, states, open }) => {
    const category = (code: string) => {
      const found = county.categories.find((each) => each.code === code);
      return found === undefined ? code : english ? found.name_en : found.name;
    };
    const parts = [
      kinds && list(kinds.map((word) => words.kind[word])),
      categories && list(categories.map(category)),
      urgencies && list(urgencies.map((word) => words.urgency[word])),
      states && list(states.map((word) => words.state[word])),
      open === null ? null : open ? t`未办结` : t`非未办结`,
    ];
    return parts.filter((part) => part !== null).join(english ? '; ' : '；');
  };
}
