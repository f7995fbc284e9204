// The console's drawings: single strokes on a 24 px grid. Decoration only: words stand beside every one.
const BUBBLE = "M12 3.5a8.5 8.5 0 1 1-4.2 15.9l-4.3 1.1 1.2-4.2A8.5 8.5 0 0 1 12 3.5z";

const PATHS = {
  home: "M4 11l8-7 8 7v8.5a.5.5 0 0 1-.5.5H15v-6H9v6H4.5a.5.5 0 0 1-.5-.5z",
  setup: "M5 6.5h9M5 12h9M5 17.5h5M17 7l1.5 1.5L21.5 5M17 15.5l1.5 1.5 3-3.5",
  agents:
    "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.8",
  outreach: "M21 3.5L10.5 14M21 3.5l-6.5 17-4-6.5-7-4z",
  journal: "M5 4.5h14M5 9.5h14M5 14.5h14M5 19.5h8",
  webhooks:
    "M9.5 8.5a3 3 0 1 1 4.6 1.5l3 5.5M13 16.5h5.5a2.5 2.5 0 1 1-2 3.5M8.5 12.5l-2 3.5a2.5 2.5 0 1 0 2.5 3",
  settings:
    "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM20 20l-4.8-4.8",
  light:
    "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  dark: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  auto: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 4v16",
  copy: "M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9",
  check: "M4.5 12.5l5 5 10-11",
  close: "M6 6l12 12M18 6L6 18",
  right: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  up: "M12 20V5M5 12l7-7 7 7",
  pause: "M8 5v14M16 5v14",
  play: "M7 4.5l12 7.5-12 7.5z",
  person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
  building: "M5 20.5v-16h9v16M14 9.5h5v11M3 20.5h18M8 8.5h3M8 12.5h3M8 16.5h3",
  rule: "M12 3.5l7.5 3v5c0 4.5-3 7.5-7.5 9-4.5-1.5-7.5-4.5-7.5-9v-5z",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  inbound: "M19 5L6 18M6 9v9h9",
  outbound: "M5 19L18 6M9 6h9v9",
  record: "M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5M9 13h6M9 16.5h6",
  hand: "M4 12h13M12 6.5l5.5 5.5-5.5 5.5M20.5 4v16",
  flag: "M5.5 21V4M5.5 4.5h12l-2.5 4 2.5 4h-12",
  note: "M4.5 5.5h15v10H14l-4 4v-4H4.5z",
  warn: "M12 4l9 16H3zM12 10v4.5M12 17.3h.01",
  lock: "M6 10.5h12v9.5H6zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5",
  external: "M13 4.5h6.5V11M19.5 4.5L11 13M16 14v5.5H4.5V8H10",
  phone:
    "M6.5 3.5h2.7l1.6 4.2-2 1.6a12.5 12.5 0 0 0 5.9 5.9l1.6-2 4.2 1.6v2.7a2.2 2.2 0 0 1-2.4 2.2A17 17 0 0 1 4.3 5.9 2.2 2.2 0 0 1 6.5 3.5z",
  sms: "M4 4.5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9.5L5 20.5v-4H4a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1zM8 10.5h.01M12 10.5h.01M16 10.5h.01",
  wmsg: `${BUBBLE}M8.3 10.2h7.4M8.3 13.8h4.8`,
  wvoice: `${BUBBLE}M9.2 7.6h1.3l.8 2.1-1 .8a6 6 0 0 0 3.2 3.2l.8-1 2.1.8v1.3a1 1 0 0 1-1.1 1A8.3 8.3 0 0 1 8.2 8.7a1 1 0 0 1 1-1.1z`,
  chat: "M4.5 3.5h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H8.5L5.5 14v-2.5h-1a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM18.5 9h1a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1h-1V20l-3-2.5H10a1 1 0 0 1-1-1V15",
  email: "M4.5 5.5h15a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM4 6.5l8 6.5 8-6.5",
} as const;

export type IconName = keyof typeof PATHS;

/** `size` in px, 20 when left out. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
