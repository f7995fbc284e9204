// The HTTP side of the pretend Hub. Mounted at /hub by create-sandbox.
import express, { type Request, type Response, type Router } from "express";
import { z } from "zod";
import { acceptEngagement, behaviourFor } from "./accept-engagement.ts";
import type { HubEngagement, HubStart, HubState } from "./create-hub-world.ts";
import { controlEngagement, runEngagement } from "./run-engagement.ts";
import { describeBatch, knownBatches, submitBulk } from "./submit-bulk.ts";

/** Fields seen in the Hub's documents; others are passed through, as the Hub does. */
const startBody = z.looseObject({
  domain_name: z.string().min(1),
  channel: z.string().default("phone"),
  type: z.string().default("informational"),
  phone_number: z.string().optional(),
  email_address: z.string().optional(),
  client_email: z.string().optional(),
  instruction: z.string().optional(),
  source_record_id: z.union([z.string(), z.number()]).optional(),
});
type StartBody = z.output<typeof startBody>;

/** `fubUrl` is asked when `writesToFub` is on. */
export function createHubRouter(state: HubState, fubUrl: () => string): Router {
  const router = express.Router();
  router.use(express.json({ limit: "5mb" }));
  router.use((request, response, next) => {
    const key = /^Bearer +(\S+)$/i.exec(request.get("authorization") ?? "")?.[1];
    // 403, not 401: so the Hub's document has it.
    if (key === undefined || !state.apiKeys.includes(key)) response.status(403).json({ error: "Forbidden" });
    else next();
  });
  router.post("/integration/start", (request, response) => start(state, fubUrl, request, response));
  addBulkRoutes(router, state, fubUrl);
  router.get("/integration/engagements/:id", (request, response) => {
    const engagement = state.engagements.get(request.params.id);
    if (engagement) response.json(engagement.snapshot);
    else response.status(404).json({ error: "Unknown engagement" });
  });
  for (const action of ["pause", "resume", "cancel"] as const) {
    router.post(`/integration/engagements/:id/${action}`, (request: Request<{ id: string }>, response) => {
      const engagement = state.engagements.get(request.params.id);
      if (!engagement) response.status(404).json({ error: "Unknown engagement" });
      else if (!controlEngagement(state, engagement, action))
        response.status(409).json({ error: "Not possible now" });
      else response.json(engagement.snapshot);
    });
  }
  return router;
}

function addBulkRoutes(router: Router, state: HubState, fubUrl: () => string): void {
  router.post("/bulk-calls/submit", (request, response) => {
    const { status, body } = submitBulk(state, request.body, fubUrl);
    if (status !== null) response.status(status).json(body);
    else if (state.bulk.hangsUp) response.socket?.destroy();
  });
  router.get("/bulk-calls/batches", (_request, response) => {
    response.json({ batches: knownBatches(state).map((batch) => describeBatch(state, batch)) });
  });
  router.get("/bulk-calls/batches/:id", (request, response) => {
    const batch = knownBatches(state).find(({ batch_id }) => batch_id === request.params.id);
    if (batch) response.json(describeBatch(state, batch));
    else response.status(404).json({ error: "Unknown batch" });
  });
}

/** The start's row is kept whatever comes of it. */
function start(state: HubState, fubUrl: () => string, request: Request, response: Response): void {
  const row: HubStart = {
    at: state.now(),
    body: request.body ?? {},
    // The row is for assertions, not for keys.
    headers: Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        name === "authorization" ? [] : [[name, String(value)]],
      ),
    ),
    status: null,
    engagement_id: null,
  };
  state.starts.push(row);
  const decision = decideStart(state, request.body);
  if ("refused" in decision) {
    row.status = decision.refused;
    response.status(decision.refused).json({ error: decision.error });
    return;
  }
  const { engagement, instruction } = decision;
  row.engagement_id = engagement.snapshot.engagement_id;
  if (!engagement.behaviour.startTimesOut) {
    row.status = 202;
    response.status(202).json({ engagement_id: row.engagement_id, status: "accepted" });
  }
  runEngagement(state, engagement, instruction, fubUrl);
}

type StartDecision = { refused: number; error: string } | { engagement: HubEngagement; instruction: string };

function decideStart(state: HubState, body: unknown): StartDecision {
  const parsed = startBody.safeParse(body);
  const contact = parsed.success ? contactOf(parsed.data) : undefined;
  if (!parsed.success || !contact) {
    return { refused: 400, error: "domain_name and somebody to reach are required" };
  }
  const { channel, type, instruction = "" } = parsed.data;
  if (channel === "email" && type !== "informational") {
    return { refused: 400, error: "E-mail supports informational only" };
  }
  const refused =
    behaviourFor(state, contact).startFails ?? (failsThisOnce(state, channel, contact) ? 503 : undefined);
  if (refused !== undefined) return { refused, error: "The Hub is not available" };
  return { engagement: acceptEngagement(state, { ...parsed.data, contact }), instruction };
}

const contactOf = (body: StartBody): string | undefined =>
  body.channel === "email" ? (body.email_address ?? body.client_email) : body.phone_number;

/** Numbers ending in 06 fail once, then work. */
function failsThisOnce(state: HubState, channel: string, contact: string): boolean {
  if (channel === "email" || !contact.replace(/\D/g, "").endsWith("06") || state.failedOnce.has(contact))
    return false;
  state.failedOnce.add(contact);
  return true;
}
