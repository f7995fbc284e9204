// Does the outside reach this gateway? Proven by what really came: a verified webhook, an app that opened.
import type { Lamp } from "../../shared/admin-api.ts";
import { PRACTICE_TENANT } from "../../shared/console/sandbox.schema.ts";
import type { AdminDeps } from "./admin-deps.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export async function addressLamp(deps: AdminDeps): Promise<Lamp> {
  const tunnel = tunnelLamp(deps);
  if (tunnel) return tunnel;
  const url = deps.settings.publicAddress();
  const { tenants } = deps.settings.current();
  if (url === undefined && tenants.length > 0 && tenants.every(isPractice))
    return {
      state: "ok",
      sentence: "Practising needs no public address: the practice Follow Up Boss runs on this computer.",
      remedy: null,
    };
  if (url === undefined)
    return {
      state: "bad",
      sentence: "No public address is set, so Follow Up Boss cannot open the app.",
      remedy: "Choose in the settings how it is reached: an own https address (SERVER_URL), or a tunnel.",
    };
  const reached = await lastReached(deps);
  if (reached === null)
    return {
      state: "unknown",
      sentence: `${url} is set; nothing came from Follow Up Boss yet.`,
      remedy: "Open the app in Follow Up Boss on any person.",
    };
  const ago = deps.clock.now() - reached;
  return ago < HOUR_MS
    ? { state: "ok", sentence: `Follow Up Boss reached it ${sayAgo(ago)}.`, remedy: null }
    : { state: "warn", sentence: `Follow Up Boss last reached it ${sayAgo(ago)}.`, remedy: null };
}

/** Undefined: the tunnel is none, or is well, so what came through it tells more. */
function tunnelLamp({ tunnel }: AdminDeps): Lamp | undefined {
  const { kind, state } = tunnel.read();
  if (kind === "none" || (state.phase === "up" && state.trouble === null)) return undefined;
  const { trouble, phase } = state;
  if (trouble !== null) {
    const bad = phase === "waiting" || (phase === "up" && trouble.code !== "page_in_front");
    return { state: bad ? "bad" : "warn", sentence: trouble.sentence, remedy: trouble.remedy };
  }
  const sentence =
    phase === "checking" ? "The tunnel's address is being tested." : "The tunnel is being opened.";
  return { state: "warn", sentence, remedy: null };
}

const isPractice = ({ domain_name }: { readonly domain_name: string }): boolean =>
  domain_name === PRACTICE_TENANT;

async function lastReached(deps: AdminDeps): Promise<number | null> {
  const [opened] = await deps.journal.query({ event: "embed.opened", limit: 1 });
  const delivery = await deps.db
    .selectFrom("deliveries")
    .select("received_at")
    .where("recovered", "=", 0)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  const times = [opened ? Date.parse(opened.at) : null, delivery?.received_at ?? null];
  const known = times.filter((at) => at !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function sayAgo(ms: number): string {
  if (ms < MINUTE_MS) return "a moment ago";
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min ago`;
  if (ms < 24 * HOUR_MS) return `${Math.floor(ms / HOUR_MS)} h ago`;
  const days = Math.floor(ms / (24 * HOUR_MS));
  return days === 1 ? "yesterday" : `${days} days ago`;
}
