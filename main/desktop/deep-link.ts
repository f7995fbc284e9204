// A link `aventora-gateway://…` as the console's route. Anybody may make such a link, so only these few forms lead
// anywhere, and none of them does anything but open a screen.

export const LINK_SCHEME = "aventora-gateway";
const LONGEST = 300;
/** Ids of people, outreaches and brokerages as the gateway and the CRMs make them. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,119}$/;

/**
 * `engagement/<id>`, `person/<id>`, `person/<brokerage>/<id>` and `settings`; null for everything else.
 * @returns "/outreach/e/e-1"
 */
export function routeOfLink(link: string): string | null {
  if (link.length > LONGEST || !link.startsWith(`${LINK_SCHEME}://`)) return null;
  // A browser may put a slash behind it.
  const parts = link.slice(`${LINK_SCHEME}://`.length).replace(/\/$/, "").split("/");
  const [kind = "", ...ids] = parts;
  if (!ids.every((id) => ID.test(id))) return null;
  const [first, second] = ids;
  if (kind === "settings" && ids.length === 0) return "/settings";
  if (kind === "engagement" && ids.length === 1) return `/outreach/e/${encodeURIComponent(first ?? "")}`;
  if (kind === "person" && ids.length === 1) return `/outreach?q=${encodeURIComponent(first ?? "")}`;
  if (kind === "person" && ids.length === 2)
    return `/outreach/p/${encodeURIComponent(first ?? "")}/${encodeURIComponent(second ?? "")}`;
  return null;
}

/** The link among a program's arguments, as Windows and Linux give it. */
export const findLink = (argv: readonly string[]): string | null =>
  argv.find((one) => one.startsWith(`${LINK_SCHEME}:`)) ?? null;
