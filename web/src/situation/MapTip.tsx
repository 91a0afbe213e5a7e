import { useLingui } from '@lingui/react/macro';
import { KINDS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';
import { nameOf } from '../divisions/areas.ts';
import { useIncidentWords } from '../incidents/words.ts';
import type { IncidentPoints, Picked } from '../map/contract.ts';
import { useDesk } from './desk.ts';
import css from './MapTip.module.css';
import { coverageOf } from './measure.ts';
import { useWords } from './words.ts';

/** What lies under the pointer. Nothing stands only here: lists, pages and tables say the same. */
export function MapTip({
  picked,
  x,
  y,
  incidents,
}: {
  picked: Picked;
  x: number;
  y: number;
  incidents: IncidentPoints | null;
}) {
  const lines = useLines(picked, incidents);
  if (lines === null) return null;
  const [title, ...rest] = lines;
  return (
    <div
      className={css.tip}
      style={{ left: x, top: y }}
      data-left={x > window.innerWidth / 2}
      data-up={y > window.innerHeight / 2}
      aria-hidden="true"
    >
      <strong>{title}</strong>
      {rest.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
}

function useLines(picked: Picked, incidents: IncidentPoints | null): string[] | null {
  const { t } = useLingui();
  const words = useWords();
  const incidentWords = useIncidentWords();
  const { tree, view, values, formats, periodWords, county } = useDesk();
  switch (picked.kind) {
    case 'grid': {
      const grid = tree.byCode.get(picked.code);
      if (!grid) return null;
      const value = values.get(grid.code) ?? null;
      const shown =
        view.measure === 'coverage'
          ? words.coverage[coverageOf(grid.totals)]
          : value === null
            ? t`无数据`
            : `${view.measure === 'per1000' ? formats.rate(value) : formats.count(value)} ${words.measureUnit[view.measure]}`;
      return [
        nameOf(grid, formats.lang),
        grid.code,
        view.measure === 'coverage' || view.measure === 'staff'
          ? `${words.measure[view.measure]} · ${shown}`
          : `${words.measure[view.measure]} · ${periodWords} · ${shown}`,
      ];
    }
    case 'office':
      return [t`网格员驻点`, t`${picked.points.length}人，在岗${picked.points.filter((p) => p.on_post).length}人`];
    case 'staffing':
      return [words.workerKind[picked.point.kind], picked.point.on_post ? t`在岗` : t`离岗`, picked.point.grid_code];
    case 'centre':
      return [picked.point.name, ...(picked.point.fengqiao ? [t`枫桥式综治中心`] : [])];
    case 'dwelling':
      return [t`住户分布`, t`${formats.count(picked.point.households)}户，${formats.count(picked.point.population)}人`];
    case 'incident': {
      const columns = incidents?.columns;
      if (!columns) return null;
      const row = picked.row;
      const category = county.categories.find((c) => c.code === columns.categories[columns.category[row]!]);
      return [
        (formats.lang === 'en' ? category?.name_en : category?.name) ?? '',
        `${incidentWords.kind[KINDS[columns.kind[row]!]!]} · ${incidentWords.urgency[URGENCIES[columns.urgency[row]!]!]}`,
        `${formats.moment(new Date(columns.occurred_at[row]! * 1000))} · ${incidentWords.state[STATES[columns.state[row]!]!]}`,
      ];
    }
  }
}
