import { NO_FILTER } from '@wangge/geodata/incidents/filter';
import { expect, test } from 'vitest';
import { telling } from '../locales/sample.ts';
import { type FilterWords, filterSentence } from './filterSentence.ts';

const words = {
  kind: { collection: '信息采集', event: '事件', dispute: '矛盾纠纷' },
  urgency: { normal: '一般', urgent: '紧急', critical: '特急' },
  state: { in_progress: '办理中' },
  categories: [{ code: 'road', name: '道路交通', name_en: 'Roads' }],
} as unknown as FilterWords;
const { say } = telling('zh-CN', '');

test('fields are joined by and, values of one field are listed', () => {
  const filter = { ...NO_FILTER, kinds: ['event', 'dispute'], urgencies: ['critical'], open: true } as const;
  expect(filterSentence(say, 'zh-CN', filter, words)).toBe(
    '类型为事件、矛盾纠纷且紧急程度为特急且未办结的事件和矛盾纠纷',
  );
  expect(filterSentence(telling('en', '').say, 'en', { ...NO_FILTER, categories: ['road', 'x1'] }, words)).toBe(
    'category Roads, x1',
  );
});

test('no filter is no words', () => {
  expect(filterSentence(say, 'zh-CN', NO_FILTER, words)).toBeNull();
});
