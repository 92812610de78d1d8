// Line icons on a 24-unit grid, drawn in the text's colour. Add a path here rather than a library.
const PATHS = {
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 12l16-8-6 16-3-7z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.6 3.9-5.5 7.5-5.5s6.7 1.9 7.5 5.5',
  chat: 'M4 5.5h16v11H10.5L6 20v-3.5H4z',
  book: 'M5 4.5h10.5a2.5 2.5 0 0 1 2.5 2.5v12.5H7.5A2.5 2.5 0 0 1 5 17zM5 17a2.5 2.5 0 0 1 2.5-2.5H18',
  help: 'M9.2 18h5.6M10 21h4M8.4 14.6A6 6 0 1 1 15.6 14.6c-.6.5-.8 1-.8 1.7v.2H9.2v-.2c0-.7-.2-1.2-.8-1.7z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.2v.1',
  retry: 'M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5V12l3 2',
  shield: 'M12 3.5l7.5 2.7v5.3c0 4.6-3 7.6-7.5 9-4.5-1.4-7.5-4.4-7.5-9V6.2zM8.8 12l2.3 2.3 4.3-4.4',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  attach: 'M8 12.5l6.2-6.2a3.2 3.2 0 0 1 4.5 4.5l-8.4 8.4a5 5 0 0 1-7-7l7.4-7.4',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9.5 6l6 6-6 6',
  file: 'M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4',
  eye: 'M2.5 12s3.5-6.5 9.5-6.5S21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  flag: 'M6 21V4M6 4.5h11l-2.2 4 2.2 4H6',
  sliders: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4',
  pulse: 'M3 12h4l3 7 4-14 3 7h4',
  circle: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class="vc-icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
