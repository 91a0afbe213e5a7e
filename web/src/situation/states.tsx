/** The page when there is nothing to show yet, or at all. */
import { Trans, useLingui } from '@lingui/react/macro';
import { Mark } from '../ui/Mark.tsx';
import { ApiError } from '../ui/request.ts';
import css from './states.module.css';

const names = (count: number) => Array.from({ length: count }, (_, i) => `part ${i}`);

/** The shape of the page before its figures, so that nothing jumps when they come. */
export function Loading({ name }: { name?: string }) {
  const { t } = useLingui();
  return (
    <div className={css.skeleton} aria-busy="true">
      <p className="sr" role="status">
        {name ? t`正在载入${name}…` : t`正在载入…`}
      </p>
      <div className={css.bar}>
        <Mark />
        {name && <span>{name}</span>}
      </div>
      <div className={css.side}>
        {names(14).map((name) => (
          <div key={name} className={css.line} />
        ))}
      </div>
      <div className={css.stage}>
        <svg viewBox="0 0 6 6" aria-hidden="true">
          {names(36).map((name, i) => (
            <rect key={name} x={(i % 6) + 0.06} y={Math.floor(i / 6) + 0.06} width=".88" height=".88" rx=".08" />
          ))}
        </svg>
      </div>
      <div className={css.side}>
        <div className={css.block} />
        <div className={css.block} />
        {names(7).map((name) => (
          <div key={name} className={css.line} />
        ))}
      </div>
      <div className={css.foot} />
    </div>
  );
}

export function NoCounty() {
  return (
    <main className={css.page}>
      <Mark />
      <h1>
        <Trans>还没有县</Trans>
      </h1>
      <p>
        <Trans>数据库已就绪，但没有载入任何县的数据（WANGGE_COUNTY=none）。</Trans>
      </p>
      <ul>
        <li>
          <Trans>
            查看演示县：停止服务，以 <code>WANGGE_COUNTY=gulang-demo npm start</code> 重新启动。
          </Trans>
        </li>
        <li>
          <Trans>
            载入本县：准备资料文件夹（区划、网格、住户、人员、综治中心），以{' '}
            <code>WANGGE_COUNTY=文件夹路径 npm start</code> 启动。
          </Trans>
        </li>
      </ul>
      <p className={css.quiet}>
        <Trans>演示数据与真实数据不能存于同一数据库。</Trans>
      </p>
    </main>
  );
}

export function Failed({ error, retry }: { error: Error | null; retry: () => void }) {
  const answered = error instanceof ApiError && error.status > 0;
  return (
    <main className={css.page}>
      <Mark />
      <h1>{answered ? <Trans>数据服务出错</Trans> : <Trans>数据服务没有应答</Trans>}</h1>
      <p role="alert">
        {answered ? (
          <Trans>
            服务返回错误 {error.status}：{error.message}
          </Trans>
        ) : (
          <Trans>请确认服务正在运行、网络可达。</Trans>
        )}
      </p>
      <button type="button" className={css.retry} onClick={retry}>
        <Trans>重试</Trans>
      </button>
    </main>
  );
}
