// Answers a start: 202 with the id, or the contact rule that refused it (422), with the id of the row that tells why.
import type { Response } from "express";
import type { CampaignStarted } from "../../shared/campaign.schema.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import type { CampaignRow } from "../campaigns/campaign.store.ts";
import type { StartResult } from "../engagements/start-engagement.ts";

/** @throws GatewayError with the refusing rule as its code. */
export function sendStarted(
  response: Response,
  result: StartResult,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  if (result.kind === "refused") {
    const { engagementId, rule, sentence, until } = result;
    throw new GatewayError(rule, {
      ...(sentence === undefined ? {} : { sentence }),
      details: {
        engagement_id: engagementId,
        rule,
        ...(until === undefined ? {} : { next_allowed_at: isoTime(until) }),
      },
    });
  }
  response.status(202).json({ engagement_id: result.engagementId, status: "accepted", ...extra });
}

/** What a campaign's start answers (seed 000: batch, queued and skipped counts). */
export function campaignStarted(row: CampaignRow): CampaignStarted {
  const left = row.will_queue - row.queued;
  const more =
    row.stage === "queued" || row.stage === "over"
      ? ""
      : left > 0
        ? `; ${left} more follow`
        : "; the rest follow";
  const people = row.queued === 1 ? "1 person is" : `${row.queued} people are`;
  return {
    batch_id: row.id,
    status: row.status as CampaignStarted["status"],
    queued_calls: row.queued,
    skipped_calls: row.skipped,
    errors: [],
    message: `The campaign “${row.name}” was started: ${people} in line${more}.`,
  };
}
