import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { nameOf } from '../divisions/areas.ts';
import { useDesk } from '../situation/desk.ts';
import { coverageOf } from '../situation/measure.ts';
import { useExports } from '../situation/useExports.ts';
import { useWords } from '../situation/words.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Section } from '../ui/Section.tsx';
import { CoverageSwatch } from '../ui/Swatch.tsx';
import css from './GridFacts.module.css';
import { boundsOf, neighboursOf } from './neighbours.ts';
import { gridsQuery } from './queries.ts';
import { gridSentence } from './sentence.ts';

/** A grid's page: what it is, who holds it, where it lies. */
export function GridFacts() {
  const { t } = useLingui();
  const words = useWords();
  const { node, tree, open, formats, go } = useDesk();
  const { telling, cite } = useExports();
  const grids = useQuery(gridsQuery);
  const feature = grids.data?.features.find((f) => f.properties.code === node.code);
  const neighbours = useMemo(() => (grids.data ? neighboursOf(grids.data, node.code) : []), [grids.data, node.code]);
  const coverage = coverageOf(node.totals);
  const gridClass = (['community', 'rural', 'special'] as const).find((c) => node.totals.grids[c] > 0);
  const managing = feature && tree.byCode.get(feature.properties.managing_township_code);
  const box = feature && boundsOf(feature);
  const { staff } = node.totals;
  return (
    <>
      <Section
        title={t`网格信息`}
        actions={
          <CopyText of={t`网格信息`} text={() => cite(gridSentence(telling, node, managing, words), 'ground')} />
        }
      >
        <dl className={css.facts}>
          <Fact name={t`编码`}>{node.code}</Fact>
          <Fact name={t`类型`}>{gridClass ? words.gridClass[gridClass] : t`无数据`}</Fact>
          <Fact name={t`村（社区）`}>
            {node.parent && (
              <button type="button" onClick={() => open(node.parent!.code)}>
                {nameOf(node.parent, formats.lang)}
              </button>
            )}
          </Fact>
          <Fact name={t`管理单位`}>
            {managing ? (
              <button type="button" onClick={() => open(managing.code)}>
                {nameOf(managing, formats.lang)}
              </button>
            ) : (
              '…'
            )}
          </Fact>
          <Fact name={t`范围`}>
            {box ? (
              <button
                type="button"
                title={t`在地图上显示`}
                onClick={() => go({ view: 'map', camera: null })}
              >{`${box[0].toFixed(4)}–${box[2].toFixed(4)}°E, ${box[1].toFixed(4)}–${box[3].toFixed(4)}°N`}</button>
            ) : (
              '…'
            )}
          </Fact>
          <Fact name={t`相邻网格`}>
            {neighbours.length === 0
              ? '…'
              : neighbours.map((code, i) => {
                  const other = tree.byCode.get(code);
                  return (
                    <span key={code}>
                      {i > 0 && ' · '}
                      <button type="button" onClick={() => open(code)}>
                        {other ? nameOf(other, formats.lang) : code}
                      </button>
                    </span>
                  );
                })}
          </Fact>
        </dl>
      </Section>
      <Section
        title={t`网格员`}
        note={
          <span className={css.coverage}>
            <CoverageSwatch of={coverage} /> {words.coverage[coverage]}
          </span>
        }
      >
        {staff === null ? (
          <p className={css.none}>
            <Trans>未提供人员数据</Trans>
          </p>
        ) : (
          <table className={css.staff}>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>类别</Trans>
                </th>
                <th scope="col">
                  <Trans>在册</Trans>
                </th>
                <th scope="col">
                  <Trans>在岗</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {(['full_time', 'stability', 'auxiliary'] as const).map((kind) => (
                <tr key={kind}>
                  <th scope="row">{words.workerKind[kind]}</th>
                  <td>{formats.count(staff[kind])}</td>
                  <td>{formats.count(staff[`${kind}_on_post`])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
