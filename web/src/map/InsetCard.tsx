/** Enlarged town quarters, shown while they are specks on the map itself: same data and colours, clickable alike. */
import { useEffect, useMemo, useState } from 'react';
import { boundsOf } from './area.ts';
import type { MapViewProps, Padding } from './contract.ts';
import { type Corner, freeCorner } from './corner.ts';
import { insetsOf } from './insets.ts';
import style from './MapView.module.css';
import { Quarter } from './Quarter.tsx';
import type { Stage } from './stage.ts';

/** While the largest quarter is narrower than this on the map, CSS pixels, it needs enlarging. */
const READABLE = 90;
/** Cards from large to small, tried until one covers no land: side of the first quarter, and whether others stand below it. */
const CARDS = [
  { side: 190, others: true },
  { side: 160, others: true },
  { side: 132, others: true },
  { side: 116, others: true },
  { side: 150, others: false },
  { side: 124, others: false },
] as const;
const GAP = 6;
/** Nodes of the county that a card may touch before a smaller one is tried. */
const FEW = 2;
/** A card that would hide more of them than this waits folded until it is asked for. */
const MOST = 60;

export function InsetCard({ stage, props }: { stage: Stage; props: MapViewProps }) {
  const { grids, divisions, words, padding, magnified: k = 1 } = props;
  const { left, right, top, bottom } = padding;
  const [asked, setAsked] = useState<boolean | null>(null);
  const [view, setView] = useState(() => viewOf(stage));
  const insets = useMemo(() => insetsOf(grids, divisions).slice(0, 3), [grids, divisions]);
  const { zoom, width, height } = view;
  const { corner, side, others, covered } = useMemo(() => {
    const bounds = boundsOf(grids.features.map((f) => f.geometry));
    let best: { corner: Corner; side: number; others: boolean; covered: number } | null = null;
    for (const card of bounds ? CARDS : []) {
      const size = {
        width: (card.side + 46) * k,
        height: (card.side * (card.others ? 1.5 : 1) + (card.others ? 96 : 68)) * k,
      };
      if (size.height + 24 > height - top - bottom) continue;
      const found = freeCorner(grids, bounds!, { width, height }, { left, right, top, bottom }, size);
      best = { ...found, ...card };
      if (found.covered <= FEW) break;
    }
    // No card has room: it can still be asked for.
    return best ?? { corner: 'top-left' as const, ...CARDS.at(-1)!, covered: Number.POSITIVE_INFINITY };
  }, [grids, width, height, left, right, top, bottom, k]);

  useEffect(() => {
    const set = () => {
      const next = viewOf(stage);
      setView((old) => (old.zoom === next.zoom && old.width === next.width && old.height === next.height ? old : next));
    };
    set();
    return stage.listen(set);
  }, [stage]);

  const open = asked ?? (props.printing || covered <= MOST);
  const largest = insets[0];
  // Without fills the drawing would be empty: heat and markers are read on the map.
  if (!largest || !(props.layers.fill || props.layers.coverage)) return null;
  if (((largest.bounds[2] - largest.bounds[0]) / 360) * 512 * 2 ** zoom > READABLE * k) return null;
  // Nobody folds a card away on a wall: there it stands only where it covers no land.
  if (k > 1 && covered > FEW) return null;
  return (
    <section className={style.inset} style={placeOf(open ? corner : 'top-left', padding, k)} aria-label={words.inset}>
      <header>
        <span>{words.inset}</span>
        {!props.printing && (
          <button type="button" aria-expanded={open} onClick={() => setAsked(!open)}>
            {open ? words.hide : words.show}
          </button>
        )}
      </header>
      {open && (
        <div className={style.quarters} style={{ width: side * k, gap: GAP * k }}>
          {(others ? insets : [largest]).map((inset, i) => (
            <Quarter key={inset.code} inset={inset} size={(i === 0 ? side : (side - GAP) / 2) * k} props={props} />
          ))}
        </div>
      )}
    </section>
  );
}

/** In steps: a change of zoom during a flight need not draw the card again. */
const viewOf = (stage: Stage) => ({ zoom: Math.round(stage.camera.zoom * 10) / 10, ...stage.size });

const placeOf = (corner: Corner, padding: Padding, k: number) => ({
  [corner.includes('left') ? 'left' : 'right']: 12 * k + (corner.includes('left') ? padding.left : padding.right),
  [corner.includes('top') ? 'top' : 'bottom']: 12 * k + (corner.includes('top') ? padding.top : padding.bottom),
});
