// What follows when the tunnel is up, is in trouble, or gives another address: the journal says so, and what came in vain
// meanwhile is looked for.
import type { Composed } from "./compose.ts";
import { followSettings } from "./follow-settings.ts";
import type { Listener } from "./http/listen.ts";

/** To be called once the public listener is open; it is all a tunnel is ever led to. An own address is asked from now on. */
export function startTunnel(parts: Composed, listener: Listener | undefined): void {
  const { journal, db, settings, tunnelFollowers: followers } = parts;
  followers.onUp = async (url) => {
    await journal.add(db, { event: "tunnel.up", message: `The tunnel is up: ${url} leads to this gateway` });
    await followSettings(parts);
  };
  followers.onTrouble = async ({ code, sentence, remedy }) => {
    await journal.add(db, {
      event: "tunnel.trouble",
      severity: code === "page_in_front" ? "warn" : "error",
      message: `The tunnel: ${sentence}`,
      detail: { remedy, address: settings.publicAddress() ?? null },
    });
  };
  if (!listener) return;
  parts.tunnel.start({ host: listener.host, port: listener.port });
  parts.ownAddress.start();
}
