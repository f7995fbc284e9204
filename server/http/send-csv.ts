// A campaign's people as a download, written as fast as it is read.
import { once } from "node:events";
import type { Response } from "express";
import type { CampaignRow } from "../campaigns/campaign.store.ts";
import { exportPeople } from "../campaigns/export-people.ts";
import type { Db } from "../db/schema.ts";

export async function sendCsv(db: Db, campaign: CampaignRow, response: Response): Promise<void> {
  const name = campaign.name.replace(/[^\w .-]+/g, "_").slice(0, 80) || "campaign";
  response.setHeader("content-type", "text/csv; charset=utf-8");
  response.setHeader("content-disposition", `attachment; filename="${name}.csv"`);
  response.setHeader("cache-control", "no-store");
  for await (const piece of exportPeople(db, campaign.id)) {
    if (response.destroyed) return;
    if (!response.write(piece)) await Promise.race([once(response, "drain"), once(response, "close")]);
  }
  response.end();
}
