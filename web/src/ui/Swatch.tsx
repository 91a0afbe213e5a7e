import { useMantineColorScheme } from '@mantine/core';
import { useId } from 'react';
import type { CoverageClass } from '../map/contract.ts';
import { COVERAGE, THEME } from '../map/palette.ts';
import css from './Swatch.module.css';

/** In the size of the page's text, as everything beside a swatch. */
const WIDTH = '1.375rem';
const HEIGHT = '0.875rem';

/** The scheme that is on the page. */
export function useScheme(): 'light' | 'dark' {
  const { colorScheme } = useMantineColorScheme();
  return colorScheme === 'dark' ? 'dark' : 'light';
}

/** A plain colour of a class. */
export function Swatch({ colour }: { colour: string }) {
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
      <rect width="100%" height="100%" rx="2" fill={colour} />
      <rect className={css.edge} width="100%" height="100%" rx="2" />
    </svg>
  );
}

/** No data: the same hatch as on the map. */
export function NoDataSwatch() {
  const theme = THEME[useScheme()];
  return <Patterned fill={theme.noData} ink={theme.noDataInk} pattern="hatch" />;
}

/** A coverage class with its pattern, which carries the class without colour. */
export function CoverageSwatch({ of }: { of: CoverageClass }) {
  return <Patterned {...COVERAGE[useScheme()][of]} />;
}

function Patterned({
  fill,
  ink,
  pattern,
}: {
  fill: string;
  ink: string;
  pattern: 'none' | 'dots' | 'stripes' | 'hatch';
}) {
  const id = useId();
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        {pattern === 'dots' && <circle cx="2.5" cy="2.5" r="1" fill={ink} />}
        {pattern === 'stripes' && <rect width="2" height="5" fill={ink} />}
        {pattern === 'hatch' && <rect width="1" height="5" fill={ink} />}
      </pattern>
      <rect width="100%" height="100%" rx="2" fill={fill} />
      <rect width="100%" height="100%" rx="2" fill={`url(#${id})`} />
      <rect className={css.edge} width="100%" height="100%" rx="2" />
    </svg>
  );
}
