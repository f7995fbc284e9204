// The lamp of the channels: can what contacts write be read, and who is really reached?
import type { Lamp } from "../../shared/admin-api.ts";
import { CHANNEL_LABELS, CHANNELS } from "../../shared/values.ts";
import type { AdminDeps } from "./admin-deps.ts";

export async function channelsLamp(deps: AdminDeps): Promise<Lamp> {
  const tenants = deps.settings.current().tenants;
  if (tenants.length === 0)
    return { state: "unknown", sentence: "No brokerage is set up yet.", remedy: null };
  const unread = await deps.db
    .selectFrom("mailboxes")
    .select(["tenant", "error"])
    .where("error", "is not", null)
    .orderBy("checked_at", "desc")
    .executeTakeFirst();
  if (unread)
    return {
      state: "bad",
      sentence: `What contacts of ${unread.tenant} write could not be read: ${unread.error}`,
      remedy: "Test the channel in Settings, Channels.",
    };
  const pretended = CHANNELS.flatMap((channel) => {
    const names = tenants.filter((tenant) => deps.providers.chosen(tenant, channel) === "simulator");
    return names.length === 0 ? [] : [{ channel, names: names.map(({ domain_name }) => domain_name) }];
  });
  const calls = pretended.find(({ channel }) => channel === "phone");
  if (calls)
    return {
      state: "warn",
      sentence: `Calls of ${calls.names.join(", ")} go to the built-in simulator: nobody is really called.`,
      remedy: null,
    };
  const others = pretended.map(({ channel }) => CHANNEL_LABELS[channel]);
  const rest = others.length === 0 ? "" : ` The built-in simulator still carries ${others.join(", ")}.`;
  return { state: "ok", sentence: `Every brokerage has a provider for calls.${rest}`, remedy: null };
}
