import { useEffect, useRef } from 'react';
import { useDesk } from './desk.ts';
import { LAYERS, type Layer } from './layer.ts';
import { MEASURES } from './measure.ts';
import { shortcutOf } from './shortcuts.ts';

const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input:not([type=checkbox], [type=radio]), textarea, select') !== null;

const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, a, input, summary, [role=tab], [role=option]') !== null;

/** Listens for the keys of the desk while no dialog is open. */
export function useShortcuts(actions: {
  search: () => void;
  help: () => void;
  map: () => void;
  print: () => void;
}): void {
  const desk = useDesk();
  const now = useRef({ desk, actions });
  now.current = { desk, actions };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[role=dialog]')) return;
      const { desk, actions } = now.current;
      const asked = shortcutOf({
        key: event.key,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        altKey: event.altKey,
        isComposing: event.isComposing,
        inText: isText(event.target),
        onControl: isControl(event.target),
      });
      if (asked === null) return;
      const toggle = (layer: Layer) =>
        desk.go({ layers: LAYERS.filter((l) => (l === layer) !== desk.view.layers.includes(l)) }, { replace: true });
      switch (asked.action) {
        case 'search':
          actions.search();
          break;
        case 'up':
          // First what is laid over the area, then the area itself.
          if (desk.view.incident !== null) desk.go({ incident: null });
          else if (desk.view.pick !== null) desk.go({ pick: null });
          else if (desk.node.parent) desk.open(desk.node.parent.code);
          break;
        case 'table':
          desk.go({ view: desk.view.view === 'table' ? 'map' : 'table' });
          break;
        case 'list':
          if (!desk.view.reception) desk.go({ view: desk.view.view === 'list' ? 'map' : 'list' });
          break;
        case 'wall':
          desk.go({ view: desk.view.view === 'wall' ? 'map' : 'wall' });
          break;
        case 'map':
          actions.map();
          break;
        case 'measure':
          desk.go({ measure: MEASURES[asked.nth]!, pick: null });
          break;
        case 'heat':
        case 'coverage':
          toggle(asked.action);
          break;
        case 'play':
          if (desk.time.playback?.playing) desk.time.pause();
          else if (desk.held) desk.time.play();
          break;
        case 'step':
          desk.time.step(asked.nth === 0 ? -1 : 1);
          break;
        case 'live':
          if (!desk.live) desk.time.toLive();
          break;
        case 'print':
          actions.print();
          break;
        case 'help':
          actions.help();
          break;
      }
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
