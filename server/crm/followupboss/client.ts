// Follow Up Boss on the wire: system headers, key, which budget pays, what its limits say. The resource files next to it
// ask through this.
import type { Clock } from "../../base/clock.ts";
import { GatewayError } from "../../base/errors.ts";
import type { ProcessLog } from "../../log/process-log.ts";
import { type CrmClient, type CrmRequest, createExchange, type WireRequest } from "../exchange-http.ts";
import { createRateLanes } from "../rate-lanes.ts";
import { withQuery } from "../request-address.ts";
import { FUB_ERRORS } from "./errors.ts";
import { assertStaysAtFub, resolveBaseUrl } from "./fub-address.ts";
import { readRateFacts } from "./read-rate-facts.ts";
import { FUB_LIMITS, rateContextOf } from "./request-context.ts";

export interface FubClientDeps {
  /** FUB_API_BASE_URL as configured. */
  readonly baseUrl: () => string;
  /** X-System and X-System-Key. */
  readonly system: () => { readonly name: string; readonly key: string | undefined };
  readonly clock: Clock;
  readonly log: Pick<ProcessLog, "debug" | "warn">;
}

export interface FubClient extends CrmClient {
  readonly systemName: () => string;
}

export function createFubClient(deps: FubClientDeps): FubClient {
  const { clock, log } = deps;
  const errors = FUB_ERRORS;
  const lanes = createRateLanes({ clock, limits: FUB_LIMITS, errors });
  const request = createExchange({
    ...{ clock, log, errors, lanes },
    wire: {
      prepare: (asked) => wireRequest(deps, asked),
      budget: ({ method, path, call }) => ({
        accessId: call.access.id,
        context: rateContextOf(method, path),
      }),
      rateFacts: ({ status, header }) => readRateFacts(status, header, clock.now()),
      refusal: (asked, { status, text, header }) => {
        const { pauseMs } = readRateFacts(status, header, clock.now());
        return errors.refusedBy(asked, { status, text, pauseMs });
      },
    },
  });
  return { request, errors, lanes, clock, systemName: () => deps.system().name };
}

function wireRequest(deps: FubClientDeps, asked: CrmRequest): WireRequest {
  const { name, key } = deps.system();
  if (!key) {
    throw new GatewayError("not_ready", {
      sentence:
        "FUB_SYSTEM_KEY is not configured on the gateway. Without it Follow Up Boss cannot be used at all.",
    });
  }
  const baseUrl = resolveBaseUrl(deps.baseUrl());
  const path = withQuery(asked.path, asked.query);
  assertStaysAtFub(baseUrl, path);
  return {
    baseUrl,
    path,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      // FUB docs: authentication. The key is the user name, the password stays blank.
      Authorization: `Basic ${Buffer.from(`${asked.call.access.key}:`).toString("base64")}`,
      // FUB docs: identification.
      "X-System": name,
      "X-System-Key": key,
    },
  };
}
