// The inspector on the admin listener: webhook deliveries, refused ones, and running them again.
import { type Request, Router } from "express";
import { z } from "zod";
import { deliveryQuerySchema, replaySchema } from "../../shared/delivery.schema.ts";
import { domainNameSchema } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { parseOrThrow } from "../base/parse.ts";
import { enqueueCatchUp } from "../webhooks/catch-up.ts";
import { checkSlots, removeSlots } from "../webhooks/check-slots.ts";
import { fetchEvent } from "../webhooks/fetch-event.ts";
import { listDeliveries, listRejected, readDelivery } from "../webhooks/inspect-deliveries.ts";
import { listSlots } from "../webhooks/list-slots.ts";
import { replayDeliveries } from "../webhooks/replay-deliveries.ts";
import type { WebhookDeps } from "../webhooks/webhook-deps.ts";
import { bodyOf, readJson } from "./read-body.ts";

const rejectedQuerySchema = deliveryQuerySchema.pick({ tenant: true, before: true, limit: true });
const tenantSchema = z.strictObject({ tenant: domainNameSchema });
const fetchEventSchema = z.strictObject({
  tenant: domainNameSchema,
  account: z.string().max(32).default(""),
  event_id: z.string().trim().min(1).max(100),
});
const idSchema = z.coerce.number().int().positive();

export function deliveryRoutes(deps: WebhookDeps): Router {
  const router = Router();
  router.get("/deliveries", async (request, response) => {
    response.json(await listDeliveries(deps.db, parseOrThrow(deliveryQuerySchema, request.query)));
  });
  router.post("/deliveries/replay", ...readJson("32kb"), async (request, response) => {
    const { ids } = parseOrThrow(replaySchema, bodyOf(request));
    response.json({ replayed: await replayDeliveries(deps, ids) });
  });
  router.post("/deliveries/fetch", ...readJson("4kb"), async (request, response) => {
    const { tenant, account, event_id } = parseOrThrow(fetchEventSchema, bodyOf(request));
    response.json(await fetchEvent(deps, { tenant, account, eventId: event_id }));
  });
  router.post("/catch-up", ...readJson("4kb"), async (_request, response) => {
    await enqueueCatchUp(deps);
    response.json({ asked: true });
  });
  router.get("/deliveries/:id", async (request, response) => {
    response.json(await readDelivery(deps.db, idOf(request)));
  });
  router.post("/deliveries/:id/replay", async (request, response) => {
    response.json({ replayed: await replayDeliveries(deps, [idOf(request)]) });
  });
  router.get("/webhook-slots", async (_request, response) => {
    response.json({ slots: await listSlots(deps.db) });
  });
  router.post("/webhook-slots/reconcile", ...readJson("4kb"), async (request, response) => {
    response.json(await checkSlots(deps, parseOrThrow(tenantSchema, bodyOf(request)).tenant));
  });
  router.post("/webhook-slots/remove", ...readJson("4kb"), async (request, response) => {
    response.json({ removed: await removeSlots(deps, parseOrThrow(tenantSchema, bodyOf(request)).tenant) });
  });
  router.get("/rejected-deliveries", async (request, response) => {
    response.json(await listRejected(deps.db, parseOrThrow(rejectedQuerySchema, request.query)));
  });
  return router;
}

function idOf(request: Request<{ id: string }>): number {
  const id = idSchema.safeParse(request.params.id);
  if (!id.success) throw new GatewayError("delivery_not_found");
  return id.data;
}
