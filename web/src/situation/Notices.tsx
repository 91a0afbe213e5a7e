import { Trans, useLingui } from '@lingui/react/macro';
import { useDesk } from './desk.ts';
import css from './Notices.module.css';

/** What every output of the county says about itself: always there, quiet. */
export function Notices({ retry }: { retry: () => void }) {
  const { stale } = useDesk();
  return (
    <footer className={css.notices}>
      {stale && (
        <p className={css.stale} role="status">
          <Trans>数据未能更新，仍显示此前的数据。</Trans>{' '}
          <button type="button" onClick={retry}>
            <Trans>重试</Trans>
          </button>
        </p>
      )}
      <div className={css.lines}>
        <NoticeLines />
      </div>
    </footer>
  );
}

export function NoticeLines() {
  const { t } = useLingui();
  const { county, node, overview, formats, periodWords, view } = useDesk();
  const unlocated = node.totals.reports.unlocated;
  return (
    <>
      <p>
        {county.demonstration_notice && <strong>{t`演示数据·非真实情况`}</strong>}
        {view.reception && <span>{t`接待模式：＜3 为不足3，＊ 为避免推算而隐去`}</span>}
        <span>{t`示意图，网格界线不作为行政区域划界依据`}</span>
        <span>{t`审图号：${county.map_approval_no ?? '—'}`}</span>
      </p>
      <p>
        <span>
          <Trans>
            {periodWords}未上图 {formats.count(unlocated)} 件
          </Trans>
        </span>
        <span>
          <Trans>截至 {formats.moment(overview.at)}</Trans>
        </span>
        <span data-source>{county.source_line}</span>
        {county.attributions.map((line) => (
          <span key={line} data-source>
            {line}
          </span>
        ))}
      </p>
    </>
  );
}
