// A campaign as it goes on, to its page: counts at most twice a second, results as they come.
import type { Request, Response } from "express";
import type { CampaignPerson } from "../../shared/campaign.schema.ts";
import { type CampaignRow, findCampaign } from "../campaigns/campaign.store.ts";
import { readCampaign } from "../campaigns/read-campaign.ts";
import { newestResults } from "../campaigns/read-people.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { openStream } from "./send-stream.ts";

const GATHER_MS = 500;
/** The counts of records still to be written change without the campaign. */
const LOOK_MS = 5_000;
const RESULTS = 50;

/** Events: `campaign` (shared Campaign), `results` (CampaignPerson[], oldest first, each result once). */
export function streamCampaign(
  deps: PublicAppDeps,
  request: Request,
  response: Response,
  campaign: CampaignRow,
): void {
  const { campaigns, bus, log } = deps;
  const stream = openStream(request, response);
  let sent = new Map<number, string>();
  let last = "";
  let pending: NodeJS.Timeout | undefined;
  let busy = false;

  const send = async (): Promise<void> => {
    const row = await findCampaign(campaigns.db, campaign.id);
    if (!row) return stream.end();
    const now = await readCampaign(campaigns, row);
    const text = JSON.stringify(now);
    if (text !== last) stream.send("campaign", now);
    last = text;
    const results = await newestResults(campaigns.db, campaign.id, RESULTS);
    const fresh = results.filter((one) => sent.get(one.position) !== keyOf(one));
    sent = new Map(results.map((one) => [one.position, keyOf(one)]));
    if (fresh.length > 0) stream.send("results", fresh);
  };
  const refresh = (): void => {
    pending = undefined;
    // The answer before this one is still being read: look again after it.
    if (busy) {
      later();
      return;
    }
    busy = true;
    send()
      .catch((error: unknown) => {
        log.warn("campaigns", `a live page lost its campaign: ${String(error)}`);
        stream.end();
      })
      .finally(() => {
        busy = false;
      });
  };
  const later = (): void => {
    pending ??= setTimeout(refresh, GATHER_MS);
  };
  const stop = bus.on("campaign:changed", ({ campaignId }) => {
    if (campaignId === campaign.id) later();
  });
  const look = setInterval(later, LOOK_MS);
  look.unref();
  stream.onEnd(() => {
    stop();
    clearInterval(look);
    clearTimeout(pending);
  });
  refresh();
}

const keyOf = (person: CampaignPerson): string => `${person.outcome}|${person.attempts}|${person.at}`;
