import { Trans, useLingui } from '@lingui/react/macro';
import { createPortal } from 'react-dom';
import { nameOf } from '../divisions/areas.ts';
import type { HeatPicture } from '../map/contract.ts';
import { useDesk } from './desk.ts';
import { ClassLegend, HeatLegend } from './Legend.tsx';
import { NoticeLines } from './Notices.tsx';
import css from './PrintSheet.module.css';
import { useExports } from './useExports.ts';
import { useMapLayers } from './useMapData.ts';
import { useWords } from './words.ts';

/** The view on paper, A4 across: title, sentence, map with legend, table, notices, time. Screens never show it. */
export function PrintSheet({
  sentence,
  picture,
  heat,
}: {
  sentence: string;
  picture: string | null;
  heat: HeatPicture | null;
}) {
  const { t } = useLingui();
  const words = useWords();
  const { node, formats, periodWords, filterWords, county, view } = useDesk();
  const { basis } = useExports();
  const layers = useMapLayers();

  const rows = node.children.length > 0 ? node.children : [node];
  const { count } = formats;
  return createPortal(
    <div className={css.sheet} data-print aria-hidden="true">
      <header className={css.head}>
        <div>
          <h1>
            {nameOf(node, formats.lang)} <Trans>网格态势</Trans>
          </h1>
          <p>
            {periodWords} · {basis.window} · {filterWords === '' ? '' : `${filterWords} · `}
            {words.measureTitle[view.measure]} · {node.code}
          </p>
        </div>
        <div>
          {view.reception && <strong>{t`接待模式`}</strong>}
          {county.demonstration_notice && <strong>{t`演示数据·非真实情况`}</strong>}
        </div>
      </header>
      <p className={css.sentence}>{sentence}</p>
      <div className={css.body}>
        <figure>
          {picture && view.view === 'map' ? <img src={picture} alt="" /> : <p>{t`地图未打印`}</p>}
          <figcaption>
            {layers.fill && <ClassLegend still />}
            {layers.heat && <HeatLegend heat={heat} />}
          </figcaption>
        </figure>
        <table>
          <thead>
            <tr>
              <th>
                <Trans>名称</Trans>
              </th>
              <th>
                <Trans>网格</Trans>
              </th>
              <th>
                <Trans>户数</Trans>
              </th>
              <th>
                <Trans>上报</Trans>
              </th>
              <th>
                <Trans>化解/纠纷</Trans>
              </th>
              <th>
                <Trans>未办结</Trans>
              </th>
              <th>
                <Trans>专职在岗/在册</Trans>
              </th>
              <th>
                <Trans>空岗</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...rows, ...(rows[0] === node ? [] : [node])].map((area) => {
              const { totals } = area;
              return (
                <tr key={area.code} data-sum={area === node}>
                  <th>{area === node && rows[0] !== node ? t`合计` : nameOf(area, formats.lang)}</th>
                  <td>{count(totals.grids.total)}</td>
                  <td>{totals.households === null ? t`无数据` : count(totals.households)}</td>
                  <td>{count(totals.reports.total)}</td>
                  <td>
                    {count(totals.disputes.resolved)}/{count(totals.disputes.total)}
                  </td>
                  <td>
                    {count(totals.open.total)}/{count(totals.open.of)}
                  </td>
                  <td>
                    {totals.staff === null
                      ? t`无数据`
                      : `${count(totals.staff.full_time_on_post)}/${count(totals.staff.full_time)}`}
                  </td>
                  <td>{totals.coverage.unknown === totals.grids.total ? t`无数据` : count(totals.coverage.vacant)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <footer>
        <NoticeLines />
        <p>
          <Trans>打印时间 {formats.moment(new Date())}</Trans>
        </p>
      </footer>
    </div>,
    document.body,
  );
}
