// What contacts said in a conversation that their carrier leads by itself (the Hub): a wish to be left alone is one, whoever
// it was said to. Called by record-snapshot with the lines that are new. The gateway says nothing there, so it is not
// confirmed here.
import type { Channel } from "../../shared/values.ts";
import type { SnapshotMessage } from "../channels/channel.ts";
import { saysWrongNumber } from "../contact/opt-out/says-wrong-number.ts";
import { recognizeWish } from "../contact/recognize-opt-out.ts";
import type { Trx } from "../db/schema.ts";
import type { EngagementRow } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { recordOptOut } from "./record-opt-out.ts";

type WishDeps = Pick<EngagementDeps, "journal" | "clock" | "settings">;

/** Of what other carriers bring, conversations hear it themselves. */
const LEADS_BY_ITSELF = "hub";

export async function hearWishes(
  deps: WishDeps,
  trx: Trx,
  row: EngagementRow,
  said: readonly SnapshotMessage[],
): Promise<void> {
  const tenant = deps.settings.tenant(row.tenant);
  if (row.provider !== LEADS_BY_ITSELF || !tenant || row.contact === null) return;
  for (const { at, direction, text } of said) {
    const { wish, how } = direction === "inbound" ? recognizeWish(text) : NOTHING;
    if (wish !== "stop") continue;
    await recordOptOut(deps, trx, {
      ...{ tenant, row, contact: row.contact, channel: row.channel as Channel },
      ...{ source: how ?? "keyword", said: text, by: null, at, wrongNumber: saysWrongNumber(text) },
    });
  }
}

const NOTHING = { wish: null, how: null };
