// Outreach carried by the Aventora Engagement Hub: the start is forwarded, notices and polling bring it back.
import { EMAIL_EXTRAS } from "../../../shared/email-extras.schema.ts";
import type { PlatformSettings } from "../../../shared/settings.schema.ts";
import { GatewayError } from "../../base/errors.ts";
import type { ChannelOrder, ChannelProvider, ProviderAnswer } from "../channel.ts";
import { isBulkReference } from "./bulk-reference.ts";
import { accessOf, type HubDeps } from "./hub-deps.ts";
import { hubRequest } from "./hub-request.ts";
import { HUB_SOURCE_SYSTEM, wireType } from "./hub-words.ts";
import { hubPayloadSchema, hubReference, parseHubSnapshot } from "./parse-hub-snapshot.ts";
import { MOST_BULK_ROWS, startBulkAtHub } from "./start-bulk-at-hub.ts";

export function createHub(deps: HubDeps): ChannelProvider {
  const control = (path: keyof PlatformSettings) => (order: ChannelOrder, reference: string) =>
    changeState(deps, order, reference, String(deps.platform()[path]));
  return {
    name: "hub",
    // No idempotency key is published; the header is sent in case, but not relied on.
    startIsIdempotent: false,
    reachesPeople: true,
    honors: EMAIL_EXTRAS,
    start: (order) => startAtHub(deps, order),
    poll: async (order, reference) => {
      // Asked only after long silence: until the Hub's first notice names it, nothing can be asked about a single row.
      if (isBulkReference(reference)) throw new GatewayError("provider_refused", { sentence: NEVER_NAMED });
      const path = pathFor(deps.platform().HUB_STATUS_PATH, reference);
      const body = await hubRequest({
        access: accessOf(deps, order.tenant),
        method: "GET",
        path,
        startsSomething: false,
      });
      return toAnswer(deps, reference, body);
    },
    pause: control("HUB_PAUSE_PATH"),
    resume: control("HUB_RESUME_PATH"),
    cancel: control("HUB_CANCEL_PATH"),
    findElsewhere: async () => {
      throw new GatewayError("provider_fate_unknown", { sentence: PERHAPS_STARTED });
    },
    bulk: { most: MOST_BULK_ROWS, start: (bulk) => startBulkAtHub(deps, bulk) },
  };
}

const NEVER_NAMED =
  "The Aventora Hub took this outreach with its batch but has not said a word about it since. Check in the Hub, then resume it to start it again, or cancel it.";

const PERHAPS_STARTED =
  "This outreach waited in the backup that was restored. The Aventora Hub cannot be asked whether it was started since then. Look there, then resume it to start it, or cancel it.";

async function startAtHub(deps: HubDeps, order: ChannelOrder): Promise<ProviderAnswer> {
  const body = await hubRequest({
    access: accessOf(deps, order.tenant),
    method: "POST",
    path: deps.platform().HUB_START_PATH,
    body: startBody(order, deps.platform()),
    headers: { "idempotency-key": order.engagementId },
    startsSomething: true,
  });
  const payload = hubPayloadSchema.safeParse(body);
  const reference = payload.success ? hubReference(payload.data) : undefined;
  if (reference === undefined) {
    throw new GatewayError("provider_fate_unknown", {
      sentence:
        "The Aventora Hub said yes but named no engagement, so its fate cannot be followed. Check in the Hub, then resume or cancel it here.",
    });
  }
  return { reference, snapshot: null, nextPollAt: nextPoll(deps) };
}

/** Body of the Hub's start (facts: Hub documentation, request fields); only fields seen there. */
function startBody(order: ChannelOrder, platform: Readonly<PlatformSettings>): Record<string, unknown> {
  const byEmail = order.contact.includes("@");
  return {
    ...Object.fromEntries(PASSED_ON.flatMap((name) => pairOf(order, name))),
    domain_name: order.tenant,
    type: wireType(order.type, platform),
    channel: order.channel,
    ...(byEmail ? { email_address: order.contact } : { phone_number: order.contact }),
    ...(order.instruction === "" ? {} : { instruction: order.instruction }),
    ...(order.personName ? { client_name: order.personName } : {}),
    ...(order.personId ? { source_record_id: order.personId } : {}),
    source_system: HUB_SOURCE_SYSTEM,
    source_org_id: order.tenant,
    ...(order.userId ? { external_user_id: order.userId } : {}),
  };
}

const PASSED_ON = [...EMAIL_EXTRAS, "language"] as const;

const pairOf = ({ extras }: ChannelOrder, name: string): [string, unknown][] =>
  extras?.[name] === undefined ? [] : [[name, extras[name]]];

async function changeState(
  deps: HubDeps,
  order: ChannelOrder,
  reference: string,
  path: string,
): Promise<ProviderAnswer> {
  if (isBulkReference(reference)) {
    throw new GatewayError("wrong_state", {
      sentence:
        "The Aventora Hub has this outreach in a batch and has not begun it yet, so it cannot be changed here. Try again once it is under way, or stop the batch in the Hub.",
    });
  }
  const body = await hubRequest({
    access: accessOf(deps, order.tenant),
    method: "POST",
    path: pathFor(path, reference),
    body: {},
    startsSomething: false,
  });
  return toAnswer(deps, reference, body);
}

function toAnswer(deps: HubDeps, reference: string, body: unknown): ProviderAnswer {
  const payload = hubPayloadSchema.safeParse(body);
  const snapshot = payload.success ? parseHubSnapshot(payload.data, deps.clock.now()) : null;
  const over =
    snapshot?.status === "completed" || snapshot?.status === "failed" || snapshot?.status === "canceled";
  return { reference, snapshot, nextPollAt: over ? null : nextPoll(deps) };
}

const nextPoll = (deps: HubDeps): number => deps.clock.now() + deps.platform().HUB_POLL_SECONDS * 1000;
const pathFor = (path: string, reference: string): string =>
  path.replace(":id", encodeURIComponent(reference));
