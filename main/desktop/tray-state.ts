// What the tray icon shows of gateway and tunnel: one state, the most urgent, and the words for its menu.
import type { Glance } from "../../server/index.ts";

export type ServerState = "starting" | "running" | "stopping" | "failed";
/** Each has a picture of its own. */
export type TrayPicture = "running" | "paused" | "trouble";

export interface TrayState {
  readonly picture: TrayPicture;
  /** The state in a line, for the tooltip and the head of the menu. */
  readonly line: string;
  /** How the outside reaches the gateway; null while that is not known. */
  readonly address: string | null;
  readonly paused: boolean;
}

const STANDING: Readonly<Record<Exclude<ServerState, "running">, TrayState>> = {
  starting: { picture: "paused", line: "Starting…", address: null, paused: false },
  stopping: { picture: "paused", line: "Stopping…", address: null, paused: false },
  failed: { picture: "trouble", line: "Not running", address: null, paused: false },
};

export function trayState(server: ServerState, glance: Glance | null): TrayState {
  if (server !== "running") return STANDING[server];
  if (glance === null) return { picture: "running", line: "Running", address: null, paused: false };
  const { outreach, lamps, needs, brokerages } = glance;
  const paused = outreach.paused !== null;
  const address = lamps.public_address.sentence;
  if (needs.some(({ severity }) => severity === "error"))
    return { picture: "trouble", line: sayNeed(needs.length), address, paused };
  // Before the first brokerage is set up nothing is meant to reach it.
  if (lamps.public_address.state === "bad" && brokerages > 0)
    return { picture: "trouble", line: "Follow Up Boss cannot reach the gateway", address, paused };
  if (outreach.paused !== null)
    return { picture: "paused", line: `Outreach paused by ${outreach.paused.by}`, address, paused };
  if (needs.length > 0) return { picture: "trouble", line: sayNeed(needs.length), address, paused };
  return { picture: "running", line: "Running", address, paused };
}

const sayNeed = (count: number): string => (count === 1 ? "1 thing needs you" : `${count} things need you`);
