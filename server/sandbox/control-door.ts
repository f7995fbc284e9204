// HTTP access to what tests do directly: faults, request log, the worlds' behaviours, webhooks, reset. Mounted at /__control.
import express, { type Router } from "express";
import { z } from "zod";
import type { FubWorld } from "./fub/create-fub-world.ts";
import type { HubWorld } from "./hub/create-hub-world.ts";
import { controlLlm, describeLlm } from "./llm/control-llm.ts";
import type { LlmWorld } from "./llm/create-llm-world.ts";
import { controlMail, describeMail } from "./mail/control-mail.ts";
import type { MailWorld } from "./mail/mail-types.ts";
import { controlRollout, describeRollout } from "./rollout/control-rollout.ts";
import type { RolloutWorld } from "./rollout/create-rollout-world.ts";
import { controlTwilio, describeTwilio } from "./twilio/control-twilio.ts";
import type { TwilioWorld } from "./twilio/create-twilio-world.ts";
import { controlWebhooks } from "./webhooks/control-webhooks.ts";

const faultSchema = z.strictObject({
  method: z.string().optional(),
  /** A prefix, or `{"regex": "…"}`. */
  path: z
    .union([z.string(), z.strictObject({ regex: z.string() }).transform(({ regex }) => new RegExp(regex))])
    .optional(),
  times: z.int().min(1).default(1),
  kind: z.enum(["429", "status", "timeout-after-storing", "timeout-before", "reset", "html", "delay"]),
  status: z.int().min(100).max(599).optional(),
  retryAfter: z.number().min(0).optional(),
  delayMs: z.number().min(0).optional(),
});

const behaviourSchema = z.strictObject({
  late: z.number().min(0).optional(),
  twice: z.boolean().optional(),
  outOfOrder: z.boolean().optional(),
  never: z.boolean().optional(),
  wrongSecret: z.boolean().optional(),
  startTimesOut: z.boolean().optional(),
  startFails: z.int().min(400).max(599).optional(),
  unknownStatuses: z.boolean().optional(),
  rowRefused: z.string().optional(),
});
const bulkSchema = z.strictObject({
  silent: z.enum(["queued", "lost"]).optional(),
  hangsUp: z.boolean().optional(),
  fails: z.int().min(400).max(599).optional(),
  startsAfterMs: z.number().min(0).optional(),
  everyMs: z.number().min(0).optional(),
  atOnce: z.int().min(1).optional(),
});
const hubSchema = z.strictObject({
  webhooks: z.record(z.string(), z.strictObject({ url: z.url(), secret: z.string() })).optional(),
  behaviour: behaviourSchema.optional(),
  behaviours: z.record(z.string(), behaviourSchema).optional(),
  bulk: bulkSchema.optional(),
  stepMs: z.number().min(0).optional(),
  inbound: z
    .strictObject({ domain_name: z.string(), phone_number: z.string(), text: z.string().optional() })
    .optional(),
});

/** JSON in and out; a body that does not fit answers 400 with what is wrong. */
export interface Worlds {
  readonly fub: FubWorld;
  readonly hub: HubWorld;
  readonly rollout: RolloutWorld;
  readonly llm: LlmWorld;
  readonly mail: MailWorld;
  readonly twilio: TwilioWorld;
}

export function createControlDoor({ fub, hub, rollout, llm, mail, twilio }: Worlds): Router {
  const router = express.Router();
  router.use(express.json({ limit: "1mb" }));
  router.post("/faults", (request, response) => {
    const parsed = z
      .union([z.array(faultSchema), faultSchema.transform((fault) => [fault])])
      .safeParse(request.body);
    if (!parsed.success) {
      response.status(400).json({ error: z.prettifyError(parsed.error) });
      return;
    }
    for (const fault of parsed.data) fub.faults.add(withoutUndefined(fault));
    response.status(201).json({ added: parsed.data.length });
  });
  router.get("/requests", (request, response) => {
    const since = Number(request.query.since ?? 0);
    const requests = fub.requests.filter(({ seq }) => seq > since);
    const starts = hub.starts.length;
    response.json({
      requests,
      violations: fub.violations,
      violationLog: fub.violationLog,
      hubStarts: starts,
    });
  });
  router.get("/hub", (_request, response) => {
    const engagements = [...hub.engagements.values()].map(({ snapshot }) => snapshot);
    response.json({ starts: hub.starts, batches: hub.batches, deliveries: hub.deliveries, engagements });
  });
  router.post("/hub", (request, response) => {
    const parsed = hubSchema.safeParse(request.body);
    if (!parsed.success) response.status(400).json({ error: z.prettifyError(parsed.error) });
    else response.json(changeHub(hub, parsed.data));
  });
  router.get("/webhooks", (_request, response) => {
    response.json({ webhooks: fub.webhooks, deliveries: fub.deliveries });
  });
  router.post("/webhooks", (request, response) => {
    const problem = controlWebhooks(fub, request.body);
    if (problem) response.status(400).json({ error: problem });
    else response.json({ deliveries: fub.deliveries.length });
  });
  router.get("/rollout", (_request, response) => {
    response.json(describeRollout(rollout));
  });
  router.post("/rollout", (request, response) => {
    const problem = controlRollout(rollout, request.body);
    if (problem) response.status(400).json({ error: problem });
    else response.json({ deliveries: rollout.deliveries.length });
  });
  addLlmDoor(router, llm);
  addCarrierDoors(router, mail, twilio);
  router.post("/reset", (_request, response) => {
    fub.reset();
    hub.reset();
    rollout.reset();
    llm.reset();
    mail.reset();
    twilio.reset();
    response.json({ reset: true });
  });
  return router;
}

function addLlmDoor(router: Router, llm: LlmWorld): void {
  router.get("/llm", (_request, response) => {
    response.json(describeLlm(llm));
  });
  router.post("/llm", (request, response) => {
    const problem = controlLlm(llm, request.body);
    if (problem) response.status(400).json({ error: problem });
    else response.json({ requests: llm.requests.length });
  });
}

function addCarrierDoors(router: Router, mail: MailWorld, twilio: TwilioWorld): void {
  router.get("/mail", (_request, response) => {
    response.json(describeMail(mail));
  });
  router.post("/mail", async (request, response) => {
    const problem = await controlMail(mail, request.body);
    if (problem) response.status(400).json({ error: problem });
    else response.json({ ports: mail.ports, received: mail.received.length });
  });
  router.get("/twilio", (_request, response) => {
    response.json(describeTwilio(twilio));
  });
  router.post("/twilio", (request, response) => {
    const problem = controlTwilio(twilio, request.body);
    if (problem) response.status(400).json({ error: problem });
    else response.json({ callbacks: twilio.callbacks.length });
  });
}

function changeHub(hub: HubWorld, change: z.output<typeof hubSchema>): { call_sid?: string } {
  if (change.webhooks) Object.assign(hub.webhooks, change.webhooks);
  if (change.behaviour) hub.behaviour = withoutUndefined(change.behaviour);
  if (change.bulk) hub.bulk = withoutUndefined(change.bulk);
  if (change.stepMs !== undefined) hub.stepMs = change.stepMs;
  for (const [contact, behaviour] of Object.entries(change.behaviours ?? {})) {
    hub.behaviours.set(contact, withoutUndefined(behaviour));
  }
  return change.inbound ? { call_sid: hub.emitInbound(withoutUndefined(change.inbound)) } : {};
}

/** What zod calls optional may be undefined; the worlds' types mean absent. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as never;
}
