// The seven rooms, their places in the rail and their routes. Each comes in a script of its own when it is first needed,
// and all of them soon after the first paint, so that a gateway that stops does not take unseen rooms along.
import type { ComponentType } from "react";
import type { IconName } from "../kit/icon.tsx";
import { ROOM_NAMES } from "../texts/shell.ts";
import { lazyPart } from "./lazy-part.ts";

export type RoomId = keyof typeof ROOM_NAMES;
type Load = () => Promise<ComponentType>;

const LOADS: Readonly<Record<RoomId, Load>> = {
  home: () => import("../home/home-room.tsx").then((room) => room.HomeRoom),
  setup: () => import("../setup/setup-room.tsx").then((room) => room.SetupRoom),
  agents: () => import("../agents/agents-room.tsx").then((room) => room.AgentsRoom),
  outreach: () => import("../outreach/outreach-room.tsx").then((room) => room.OutreachRoom),
  journal: () => import("../journal/journal-room.tsx").then((room) => room.JournalRoom),
  webhooks: () => import("../webhooks/webhooks-room.tsx").then((room) => room.WebhooksRoom),
  settings: () => import("../settings/settings-room.tsx").then((room) => room.SettingsRoom),
};

const room = (id: RoomId, icon: IconName) => ({
  id,
  icon,
  name: ROOM_NAMES[id],
  path: id === "home" ? "/" : `/${id}`,
  Body: lazyPart(LOADS[id]),
});
export type Room = ReturnType<typeof room>;

export const ROOMS: readonly Room[] = [
  room("home", "home"),
  room("setup", "setup"),
  room("agents", "agents"),
  room("outreach", "outreach"),
  room("journal", "journal"),
  room("webhooks", "webhooks"),
  room("settings", "settings"),
];

/** Parts of rooms that come in scripts of their own. */
const PARTS: readonly (() => Promise<unknown>)[] = [
  () => import("../channels/channels-part.tsx"),
  () => import("../contact/contact-rules-part.tsx"),
  () => import("../contact/suppressions-part.tsx"),
  () => import("../conversations/conversations-part.tsx"),
  () => import("../ledger/ledger-part.tsx"),
];

/** Fetches the scripts of all rooms and parts; one that fails is fetched again when it is opened. */
export function warmRooms(): void {
  for (const load of [...Object.values(LOADS), ...PARTS]) void load().catch(() => {});
}

/** The room a route leads to: "/journal/12" → Journal. */
export function roomOf(path: string): Room | undefined {
  const head = path.split("/")[1] ?? "";
  return ROOMS.find(({ id }) => id === (head === "" ? "home" : head));
}
