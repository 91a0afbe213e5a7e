/** The few signs of the desk, drawn on a 20-unit square in the colour of the text. */
const PATHS = {
  auto: 'M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14',
  light:
    'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M16 4l-1.4 1.4M5.4 14.6 4 16',
  dark: 'M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z',
  print: 'M5.5 7V2.5h9V7M5.5 14.5H3V7h14v7.5h-2.500M5.5 12h9v5.5h-9z',
  keyboard: 'M2 5.500h16v9H2zM5 8.500h.01M8 8.500h.01M11 8.500h.01M14.5 8.500h.01M6.5 11.800h7',
  search: 'M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M12.7 12.7 17 17',
  layers: 'M10 2.5 18 7l-8 4.500L2 7zM3.5 10.5 10 14.200l6.5-3.700M3.5 13.8 10 17.500l6.5-3.7',
  copy: 'M7 7h9.500v9.500H7zM13 7V3.500H3.500V13H7',
  check: 'M4 10.500l4 4 8-9',
  sheet: 'M3.5 3h13v14h-13zM3.5 7.500h13M3.5 12h13M8 7.500V17M10 3',
  wall: 'M1.5 3.500h17v11h-17zM7 17.500h6M10 14.500v3M7.500 3.500v11M12.500 3.500v11',
  guest: 'M2 10s3-5.500 8-5.500S18 10 18 10s-3 5.500-8 5.500S2 10 2 10zM3.500 16.500l13-13',
  full: 'M3 7.500V3h4.500M12.500 3H17v4.500M17 12.500V17h-4.500M7.500 17H3v-4.500',
  close: 'M5 5l10 10M15 5 5 15',
  chevron: 'M7.5 5l5 5-5 5',
  return: 'M12.5 5l-5 5 5 5',
  up: 'M10 16V4.500M5 9.500l5-5 5 5',
  down: 'M10 4v11.500M5 10.500l5 5 5-5',
  play: 'M6 3.500v13l10.500-6.500z',
  pause: 'M6 3.500v13M14 3.500v13',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  back: 'M15 4v12L7 10zM4.500 4v12',
  filter: 'M3 5h14M5.500 10h9M8 15h4',
  sort: 'M7 8l3-3 3 3M7 12l3 3 3-3',
  list: 'M3 5h.01M3 10h.01M3 15h.01M6.5 5h11M6.5 10h11M6.5 15h11',
  table: 'M2.5 4h15v12h-15zM2.5 8h15M2.5 12h15M8 4v12',
  map: 'M2.5 5 7.5 3l5 2 5-2v12l-5 2-5-2-5 2zM7.5 3v12M12.5 5v12',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={`${size / 16}rem`}
      height={`${size / 16}rem`}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} fill={name === 'play' ? 'currentColor' : undefined} />
      {name === 'auto' && <path d="M10 3a7 7 0 0 0 0 14z" fill="currentColor" />}
    </svg>
  );
}
