import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { gridsIn, nameOf } from '../divisions/areas.ts';
import type { HeatPicture } from '../map/contract.ts';
import type { IconName } from '../map/markers.ts';
import { heatRamp } from '../map/palette.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Icon } from '../ui/Icon.tsx';
import { MarkerIcon } from '../ui/MarkerIcon.tsx';
import { CoverageSwatch, NoDataSwatch, Swatch, useScheme } from '../ui/Swatch.tsx';
import { classLabel } from './classes.ts';
import { useDesk } from './desk.ts';
import css from './Legend.module.css';
import { COVERAGE_CLASSES, coverageOf } from './measure.ts';
import { NO_DATA, pickOf, shadeOf } from './pick.ts';
import { legendSentence } from './sentence.ts';
import { useExports } from './useExports.ts';
import { BANDWIDTH_M, coloursOf, useMapLayers } from './useMapData.ts';
import { useWords } from './words.ts';

/**
 * What the colours and signs mean: title, unit, period, denominator, and how many grids of the selected area are in
 * each class. A class is a button: it picks its grids out on the map and lists them.
 */
export function Legend({
  heat,
  points,
}: {
  heat: HeatPicture | null;
  points: { shown: number; inView: number } | null;
}) {
  const { t } = useLingui();
  const layers = useMapLayers();
  const [folded, setFolded] = useState(() => window.matchMedia('(max-width: 1099px)').matches);
  return (
    <section className={css.legend} aria-label={t`图例`} data-folded={folded}>
      <button type="button" className={css.fold} aria-expanded={!folded} onClick={() => setFolded(!folded)}>
        <span className={folded ? '' : 'sr'}>
          <Trans>图例</Trans>
        </span>
        <Icon name={folded ? 'up' : 'down'} size={13} />
      </button>
      {!folded && (
        <>
          {layers.fill && <ClassLegend />}
          {layers.heat && <HeatLegend heat={heat} />}
          <SignLegend points={points} />
        </>
      )}
    </section>
  );
}

/** The classes of the measure. Also on paper, where nothing can be clicked. */
export function ClassLegend({ still = false }: { still?: boolean }) {
  const { t } = useLingui();
  const words = useWords();
  const scheme = useScheme();
  const { view, go, node, values, classes, formats, periodWords, filterWords } = useDesk();
  const { telling, cite } = useExports();
  const { measure } = view;
  const counts = new Map<number | null, number>();
  for (const grid of gridsIn(node)) {
    const shade = shadeOf(measure, grid, values.get(grid.code) ?? null, classes);
    counts.set(shade, (counts.get(shade) ?? 0) + 1);
  }
  const format = measure === 'per1000' ? formats.rate : formats.count;
  const colours = coloursOf(measure, classes.length, scheme);
  const rows =
    measure === 'coverage'
      ? COVERAGE_CLASSES.map((c, i) => ({
          pick: c as string,
          label: words.coverage[c],
          swatch: <CoverageSwatch of={c} />,
          count: counts.get(c === 'unknown' ? null : i) ?? 0,
        }))
      : [
          ...classes.map((c, i) => ({
            pick: pickOf(c),
            label: classLabel(c, format),
            swatch: <Swatch colour={colours[i]!} />,
            count: counts.get(i) ?? 0,
          })),
          {
            pick: NO_DATA,
            label: view.reception ? t`未显示` : t`无数据`,
            swatch: <NoDataSwatch />,
            count: counts.get(null) ?? 0,
          },
        ];
  return (
    <div className={css.part}>
      <h3>
        {words.measureTitle[measure]} <span className={css.unit}>{words.measureUnit[measure]}</span>
        <span className={css.unit}> · {nameOf(node, formats.lang)}</span>
        {!still && (
          <CopyText
            of={words.measureTitle[measure]}
            text={() => {
              const title = `${words.measureTitle[measure]}（${words.measureUnit[measure]}）`;
              const counted = measure === 'coverage' || measure === 'staff' ? 'posts' : 'incidents';
              return cite(legendSentence(telling, node, title, rows, counted), counted);
            }}
          />
        )}
      </h3>
      <p>
        {measure === 'coverage' || measure === 'staff' ? '' : `${periodWords} · `}
        {filterWords === '' || measure === 'coverage' || measure === 'staff'
          ? words.measureBasis[measure]
          : t`只计${filterWords}`}
      </p>
      <ul className={css.classes}>
        {rows.map(({ pick, label, swatch, count }) => (
          <li key={pick}>
            {still ? (
              <span className={css.cell}>
                {swatch}
                <span>{label}</span>
                <small>{t`${count}格`}</small>
              </span>
            ) : (
              <button
                type="button"
                className={css.cell}
                aria-pressed={view.pick === pick}
                data-faded={view.pick !== null && view.pick !== pick}
                onClick={() => go({ pick: view.pick === pick ? null : pick })}
              >
                {swatch}
                <span>{label}</span>
                <small>{t`${count}格`}</small>
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function HeatLegend({ heat }: { heat: HeatPicture | null }) {
  const { t } = useLingui();
  const scheme = useScheme();
  const { periodWords, filterWords, formats, view } = useDesk();
  const breaks = heat?.breaks ?? [];
  const ramp = breaks.length === 0 ? [] : heatRamp(breaks.length, scheme);
  return (
    <div className={css.part}>
      <h3>
        <Trans>事件和矛盾纠纷热力</Trans> <span className={css.unit}>{t`件/km²`}</span>
      </h3>
      <p>
        {t`${periodWords}；带宽${formats.count(BANDWIDTH_M)}米，低于最低级不着色`}
        {filterWords !== '' && ` · ${t`只计${filterWords}`}`}
        {view.reception && `；${t`仅着色至少相当于3件的地方`}`}
      </p>
      {heat === null ? (
        <p>
          <Trans>正在计算…</Trans>
        </p>
      ) : breaks.length === 0 ? (
        <p>
          <Trans>本期没有可上图的事件和矛盾纠纷。</Trans>
        </p>
      ) : (
        <div className={css.ramp}>
          {breaks.map((at, i) => (
            <span key={at} className={css.step}>
              <i style={{ background: ramp[i] }} />
              {i === breaks.length - 1 ? `≥${at}` : at}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

/** Points and the coverage layer, where they are on. */
function SignLegend({ points }: { points: { shown: number; inView: number } | null }) {
  const { t } = useLingui();
  const words = useWords();
  const layers = useMapLayers();
  const { view, tree, node, formats } = useDesk();
  const signs: { icon: IconName; label: string }[] = [];
  if (layers.staffing) {
    signs.push({ icon: 'office', label: t`驻点（远景）` }, { icon: 'office-gap', label: t`有专职离岗的驻点` });
    for (const kind of ['full_time', 'stability', 'auxiliary'] as const) {
      signs.push({ icon: `${kind}-on`, label: words.workerKind[kind] });
    }
    signs.push({ icon: 'full_time-off', label: t`空心：离岗` });
  }
  if (layers.centres) {
    signs.push(
      { icon: 'centre-township', label: words.layer.centres },
      { icon: 'centre-township-fengqiao', label: t`枫桥式综治中心` },
    );
  }
  if (layers.dwellings) signs.push({ icon: 'dwelling', label: words.layer.dwellings });
  if (points) {
    signs.push(
      { icon: 'incident-normal', label: t`上报（一般）` },
      { icon: 'incident-urgent', label: t`上报（紧急）` },
      { icon: 'incident-critical', label: t`上报（特急）` },
    );
  }
  const coverage = layers.coverage && view.measure !== 'coverage';
  if (signs.length === 0 && !coverage) return null;
  const area = gridsIn(tree.byCode.get(node.code) ?? tree.root);
  return (
    <div className={css.part}>
      {coverage && (
        <>
          <h3>{words.measureTitle.coverage}</h3>
          <ul className={css.rows}>
            {COVERAGE_CLASSES.map((c) => (
              <li key={c}>
                <span className={css.row}>
                  <CoverageSwatch of={c} />
                  <span>{words.coverage[c]}</span>
                  <small>{t`${area.filter((grid) => coverageOf(grid.totals) === c).length}格`}</small>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {signs.length > 0 && (
        <ul className={css.signs}>
          {signs.map(({ icon, label }) => (
            <li key={icon}>
              <MarkerIcon name={icon} />
              {label}
            </li>
          ))}
        </ul>
      )}
      {points && <p>{t`点位：显示 ${formats.count(points.shown)} / ${formats.count(points.inView)}`}</p>}
    </div>
  );
}
