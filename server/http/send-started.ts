// Answers a start: 202 with the id, or the contact rule that refused it (422), with the id of the row that tells why.
import type { Response } from "express";
import { GatewayError } from "../base/errors.ts";
import type { StartResult } from "../engagements/start-engagement.ts";

/** @throws GatewayError with the refusing rule as its code. */
export function sendStarted(
  response: Response,
  result: StartResult,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  if (result.kind === "refused") {
    throw new GatewayError(result.rule, {
      details: { engagement_id: result.engagementId, rule: result.rule },
    });
  }
  response.status(202).json({ engagement_id: result.engagementId, status: "accepted", ...extra });
}
