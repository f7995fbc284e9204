// /webhooks and /webhookEvents of the pretend Follow Up Boss: for the account owner's key and a registered system only,
// which sees nothing of other systems (vendor docs, webhooks).
import { z } from "zod";
import { WEBHOOK_EVENTS } from "../../../shared/webhook.schema.ts";
import type { SandboxWebhook, SandboxWebhookEvent } from "../webhooks/webhook-types.ts";
import { wholeSeconds } from "../webhooks/write-delivery.ts";
import { checkBody } from "./check-body.ts";
import { badRequest, FubRefusal, type FubReply, type FubRequest, notFound } from "./fub-reply.ts";
import { pageCollection } from "./page-collection.ts";

/** Vendor docs, "Limited number of webhooks per event". */
const MOST_PER_EVENT = 2;
/** Ids of the docs' examples begin here. */
const FIRST_ID = 1001;

const event = z.string().refine((name) => Object.hasOwn(WEBHOOK_EVENTS, name));
const postBody = z.strictObject({ event, url: z.string(), system: z.string().optional() });
const putBody = z.strictObject({
  event: event.optional(),
  url: z.string().optional(),
  status: z.enum(["Active", "Disabled"]).optional(),
  system: z.string().optional(),
});

/** Filters event and status. */
export function listWebhooks(request: FubRequest): FubReply {
  const { query } = request;
  const items = ownWebhooks(request).filter(
    (webhook) =>
      (!query.event || webhook.event === query.event) && (!query.status || webhook.status === query.status),
  );
  return pageCollection(request, {
    name: "webhooks",
    path: "/webhooks",
    items,
    newestFirst: false,
    shape: shapeWebhook,
  });
}

export function getWebhook(request: FubRequest): FubReply {
  return { status: 200, body: shapeWebhook(findWebhook(request)) };
}

export function postWebhook(request: FubRequest): FubReply {
  const { world, caller } = request;
  const own = ownWebhooks(request);
  const given = checkBody(postBody, request.body);
  checkUrl(given.url);
  checkRoom(own, given.event, given.url);
  const webhook: SandboxWebhook = {
    id: Math.max(FIRST_ID, world.nextId(world.webhooks)),
    accountId: caller.account.id,
    system: caller.system ?? "",
    event: given.event,
    url: given.url,
    status: "Active",
    failures: 0,
  };
  world.webhooks.push(webhook);
  return { status: 201, body: shapeWebhook(webhook) };
}

/** Setting Active wakes one that kept failing. */
export function putWebhook(request: FubRequest): FubReply {
  const webhook = findWebhook(request);
  const { system: _, ...given } = checkBody(putBody, request.body);
  if (given.url !== undefined) checkUrl(given.url);
  const others = ownWebhooks(request).filter((other) => other !== webhook);
  checkRoom(others, given.event ?? webhook.event, given.url ?? webhook.url);
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  Object.assign(webhook, set, given.status === "Active" ? { failures: 0 } : {});
  return { status: 200, body: shapeWebhook(webhook) };
}

export function deleteWebhook(request: FubRequest): FubReply {
  const webhook = findWebhook(request);
  const { world } = request;
  world.webhooks = world.webhooks.filter((other) => other !== webhook);
  return { status: 200, body: {} };
}

/** By the 32 digits of its id, without dashes (sample webhookEvent-by-id-docs, which has no `data`). */
export function getWebhookEvent(request: FubRequest): FubReply {
  const { world, caller, key } = request;
  admitOwner(request);
  const found = world.webhookEvents.find(
    ({ eventId, accountId, systems }) =>
      eventId.replaceAll("-", "") === key &&
      accountId === caller.account.id &&
      systems.includes(caller.system ?? ""),
  );
  if (!found) throw notFound();
  return { status: 200, body: shapeEvent(found) };
}

/** That the system must be named and registered is documented; these refusals' wording is not. */
function admitOwner({ caller }: FubRequest): void {
  if (caller.system === null) throw badRequest("The X-System header is required.");
  if (!caller.registered) throw new FubRefusal(403, "Only registered systems can use this endpoint.");
  if (!caller.user.isOwner) throw new FubRefusal(403, "You do not have access to webhooks.");
}

function ownWebhooks(request: FubRequest): SandboxWebhook[] {
  admitOwner(request);
  const { account, system } = request.caller;
  return request.world.webhooks.filter(
    (webhook) => webhook.accountId === account.id && webhook.system === system,
  );
}

function findWebhook(request: FubRequest): SandboxWebhook {
  const webhook = ownWebhooks(request).find(({ id }) => id === request.id);
  if (!webhook) throw notFound();
  return webhook;
}

function checkRoom(others: readonly SandboxWebhook[], wanted: string, url: string): void {
  const sameEvent = others.filter((other) => other.event === wanted);
  if (sameEvent.some((other) => other.url === url))
    throw badRequest("A webhook for this event and url already exists.");
  if (sameEvent.length >= MOST_PER_EVENT)
    throw badRequest(`There is a limit of ${MOST_PER_EVENT} webhooks per event.`);
}

/** Unlike the real one it also takes plain addresses of this machine, so that the demo needs no certificate. */
function checkUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && local)) return;
  throw badRequest("Invalid value for field: url. The url must be secure (https).");
}

const shapeWebhook = ({ id, event: name, status, url }: SandboxWebhook): unknown => ({
  id,
  event: name,
  status,
  url,
});

const shapeEvent = ({ eventId, at, event: name, resourceIds, uri }: SandboxWebhookEvent): unknown => ({
  id: eventId.replaceAll("-", ""),
  eventCreated: wholeSeconds(at, "Z"),
  event: name,
  resourceIds,
  uri,
});
