// Where the window goes: where it was, if enough of that is still on a screen (a monitor may be gone, a resolution changed).

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const LEAST = { width: 720, height: 480 };
const FIRST = { width: 1280, height: 860 };
/** So much of the title bar must be within reach of the pointer. */
const GRIP = { width: 120, height: 40 };

/** Size alone when the place is not to be used: the system then chooses one. `areas` are the screens without their bars. */
export function placeWindow(
  kept: Bounds | null,
  areas: readonly Bounds[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  const area = kept === null ? areas[0] : (areas.find((one) => holdsGrip(one, kept)) ?? areas[0]);
  const wanted = kept ?? FIRST;
  const size = {
    width: within(wanted.width, LEAST.width, area?.width),
    height: within(wanted.height, LEAST.height, area?.height),
  };
  if (kept === null || area === undefined || !holdsGrip(area, kept)) return size;
  return { ...size, x: Math.round(kept.x), y: Math.round(kept.y) };
}

const within = (wanted: number, least: number, most = Number.POSITIVE_INFINITY): number =>
  Math.round(Math.max(Math.min(wanted, most), Math.min(least, most)));

function holdsGrip(area: Bounds, { x, y, width }: Bounds): boolean {
  const seen = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return seen >= Math.min(GRIP.width, width) && y >= area.y && y + GRIP.height <= area.y + area.height;
}
