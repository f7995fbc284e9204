// Would starting outreach at this address come back to this gateway? (Seed 000, production note on INTERNAL_START_URL.)
// Pure; called by open-settings for what the environment and the file say, and by check-setup.
import type { PlatformSettings } from "../../shared/settings.schema.ts";

const THIS_MACHINE = /^(localhost|127(?:\.\d{1,3}){3}|\[::1?\]|0\.0\.0\.0)$/;

type Addresses = Pick<PlatformSettings, "SERVER_URL" | "HOST" | "PORT" | "ADMIN_PORT">;

/** "public": same origin as SERVER_URL. "listener": one of our own ports on this machine. */
export function pointsAtItself(address: string, own: Addresses): "public" | "listener" | undefined {
  const url = new URL(address);
  if (own.SERVER_URL !== undefined && new URL(own.SERVER_URL).origin === url.origin) return "public";
  const here = THIS_MACHINE.test(url.hostname) || url.hostname === own.HOST.toLowerCase();
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  return here && (port === own.PORT || port === own.ADMIN_PORT) ? "listener" : undefined;
}

/** Completes "INTERNAL_START_URL …": what is wrong and what to do. */
export const SELF_START_PROBLEM =
  "must not lead back to this gateway: outreach would be sent around in a circle. Give the address at which this machine reaches the Aventora Engagement Hub, or leave it empty to let this gateway run outreach itself; SERVER_URL is for addresses the outside uses";
