// How whoever looks writes times, numbers and phone numbers: the one place that asks the browser. The words stay English
// whatever the browser's language is; order of a date, clock, separators and country are the viewer's own.

/** The viewer's language with region, and zone; the browser's own where left out. Tests give their own. */
export interface Viewer {
  readonly locale?: string;
  readonly timeZone?: string;
}

interface Habits {
  /** Of numbers. */
  readonly locale: string;
  /** English as written in the viewer's country, for what has words in it. */
  readonly words: string;
  readonly hourCycle: "h11" | "h12" | "h23" | "h24" | undefined;
  /** ISO 3166 code of the country. */
  readonly region: string;
}

/** Day before month, as nearly everywhere: for countries whose English no browser knows. */
const ELSEWHERE = "en-GB";

function habitsOf(locale: string): Habits {
  const { language, region = "US" } = new Intl.Locale(locale).maximize();
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions();
  const local = `en-${region}`;
  const known = language === "en" || new Intl.DateTimeFormat(local).resolvedOptions().locale === local;
  return { locale, words: known ? local : ELSEWHERE, hourCycle, region };
}

const OWN = habitsOf(new Intl.DateTimeFormat().resolvedOptions().locale);
const OWN_DIGITS = new Intl.NumberFormat(OWN.locale, { numberingSystem: "latn" });

const habits = ({ locale }: Viewer): Habits => (locale === undefined ? OWN : habitsOf(locale));

/** The country the viewer is in, as far as the browser tells: "US", "CA", "DE". */
export const regionOf = (viewer: Viewer = {}): string => habits(viewer).region;

/** A moment, or the parts of it asked for. Epoch ms. "Dec 1, 2026", "1 Dec 2026", "8:00 am", "08:00". */
export function formatTime(at: number, parts: Intl.DateTimeFormatOptions, viewer: Viewer = {}): string {
  const { words, hourCycle } = habits(viewer);
  const said = new Intl.DateTimeFormat(words, {
    ...parts,
    ...(hourCycle === undefined ? {} : { hourCycle }),
    ...(viewer.timeZone === undefined ? {} : { timeZone: viewer.timeZone }),
    numberingSystem: "latn",
    calendar: "gregory",
  }).format(at);
  // Newer browsers put a narrow space between the time and "AM".
  return said.replace(/\s+/g, " ").replace(/\b[AP]M\b/, (half) => half.toLowerCase());
}

/** 10000 → "10,000", "10.000", "10 000". */
export function formatNumber(
  value: number,
  options: Intl.NumberFormatOptions = {},
  viewer: Viewer = {},
): string {
  if (viewer.locale === undefined && Object.keys(options).length === 0) return OWN_DIGITS.format(value);
  return new Intl.NumberFormat(habits(viewer).locale, { ...options, numberingSystem: "latn" }).format(value);
}
