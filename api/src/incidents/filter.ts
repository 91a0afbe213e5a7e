/** The filter of incidents as query parameters: `kind=event,dispute&urgency=urgent,critical&open=true`. */
import { z } from '@hono/zod-openapi';
import { type IncidentFilter, NO_FILTER } from '@wangge/geodata/incidents/filter';
import { KINDS, PRECISIONS, type Precision, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';
import { invalidParameter } from '../http/problem.ts';

const list = (name: string, description: string, example: string) =>
  z
    .string()
    .max(1024)
    .optional()
    .openapi({ param: { name, in: 'query' }, description: `${description}；多个值用逗号分隔`, example });

/** For the query schema of a route. */
export const filterParameters = {
  kind: list('kind', 'collection 信息采集 · event 事件 · dispute 矛盾纠纷', 'event,dispute'),
  category: list('category', '分类代码，见 /api/county 的分类字典', 'traffic'),
  urgency: list('urgency', 'normal 一般 · urgent 紧急 · critical 特急', 'urgent,critical'),
  state: list('state', '状态', 'reported,accepted'),
  open: z
    .enum(['true', 'false'])
    .optional()
    .openapi({
      param: { name: 'open', in: 'query' },
      description: 'true：只要未办结的事件和矛盾纠纷；false：只要其余',
    }),
};

/** Beside the filter, where single incidents are listed. */
export const precisionParameter = {
  precision: list('precision', '地点精度：point · grid · village · township · unknown', 'village,township,unknown'),
};

export type FilterQuery = { readonly [name in keyof typeof filterParameters]?: string | undefined };

/**
 * @param categories codes of the county's dictionary
 * @throws Problem naming the parameter and the word that is not known.
 */
export function filterFrom(query: FilterQuery, categories: readonly string[]): IncidentFilter {
  const words = <T extends string>(name: keyof FilterQuery, known: readonly T[]) => wordsOf(name, query[name], known);
  return {
    ...NO_FILTER,
    kinds: words('kind', KINDS),
    categories: words('category', categories),
    urgencies: words('urgency', URGENCIES),
    states: words('state', STATES),
    open: query.open === undefined ? null : query.open === 'true',
  };
}

/** @throws Problem naming the word that is not known. */
export const precisionsFrom = (query: { readonly precision?: string | undefined }): readonly Precision[] | null =>
  wordsOf('precision', query.precision, PRECISIONS);

function wordsOf<T extends string>(name: string, text: string | undefined, known: readonly T[]): readonly T[] | null {
  if (text === undefined) return null;
  return text.split(',').map((word) => {
    const found = known.find((each) => each === word);
    if (found === undefined) throw invalidParameter(name, `没有“${word}”，可用的有 ${known.join('、')}`);
    return found;
  });
}
