import { useLingui } from '@lingui/react/macro';
import { useDesk } from '../situation/desk.ts';
import { measured } from '../situation/measure.ts';
import { useExports } from '../situation/useExports.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Paged } from '../ui/Paged.tsx';
import { nameOf } from './areas.ts';
import { areasSentence } from './sentence.ts';
import css from './WallAreas.module.css';

/** Parts of the selected area side by side, in code order, for a screen that nobody scrolls. */
export function WallAreas() {
  const { t } = useLingui();
  const { node, open, formats, periodWords } = useDesk();
  const { telling, cite } = useExports();
  const areas = node.children;
  const level = areas[0]?.level;
  const title = level === 'township' ? t`乡镇（街道）` : level === 'village' ? t`村（社区）` : t`网格`;
  if (areas.length === 0) return null;
  return (
    <Paged
      row={1.5}
      heading={(at) => (
        <>
          <div className={css.head}>
            <h2>{title}</h2>
            <span>
              {at === null ? t`按编码排列` : at} · {periodWords}
            </span>
            <CopyText of={title} text={() => cite(areasSentence(telling, node, areas), 'both')} />
          </div>
          <div className={css.row} data-heading aria-hidden="true">
            <span>{t`名称`}</span>
            <span>{t`上报`}</span>
            <span>{t`化解/纠纷`}</span>
            <span>{t`未办结`}</span>
            <span>{t`空岗`}</span>
          </div>
        </>
      )}
      rows={areas.map((area) => {
        const { reports, disputes, coverage, grids } = area.totals;
        return (
          <li key={area.code} className={css.row}>
            <button type="button" onClick={() => open(area.code)}>
              {nameOf(area, formats.lang)}
            </button>
            <span>{formats.count(reports.total)}</span>
            <span>
              {formats.count(disputes.resolved)}/{formats.count(disputes.total)}
            </span>
            <span>{formats.count(measured('open', area.totals) ?? 0)}</span>
            <span data-alarm={coverage.vacant > 0}>
              {coverage.unknown === grids.total ? t`无数据` : formats.count(coverage.vacant)}
            </span>
          </li>
        );
      })}
    />
  );
}
