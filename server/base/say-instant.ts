// A moment in a sentence of the server's, for readers whose own clock it cannot ask: a note in the CRM, an error, a lamp. With
// date and zone, so that it means the same to everybody. What pages are given as data they say by the viewer's clock instead.

/** "Mar 2, 2026, 10:04 am EST". `zone`: IANA; this computer's where left out. Epoch ms. */
export function sayInstant(at: number, zone?: string): string {
  const said = new Intl.DateTimeFormat("en-US", {
    ...{ year: "numeric", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
    timeZoneName: "short",
    ...(zone === undefined ? {} : { timeZone: zone }),
  }).format(at);
  return said.replace(/\s+/g, " ").replace(/ [AP]M /, (half) => half.toLowerCase());
}

/** "Mar 2, 2026". */
export const sayDate = (at: number, zone: string): string =>
  new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: zone }).format(at);
