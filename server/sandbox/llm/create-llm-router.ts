// The HTTP side of the pretend language model: OpenAI's two endpoints. Mounted at /llm/v1 by create-sandbox.
import { setTimeout as wait } from "node:timers/promises";
import express, { type NextFunction, type Request, type Response, type Router } from "express";
import { answerCompletion, type LlmReply } from "./answer-completion.ts";
import type { LlmRequest, LlmWorld } from "./create-llm-world.ts";

export function createLlmRouter(world: LlmWorld): Router {
  const router = express.Router();
  router.use(express.json({ limit: "5mb" }));
  router.post("/chat/completions", (request, response) =>
    serve(world, request, response, () => answerCompletion(world, request.body)),
  );
  router.get("/models", (request, response) => serve(world, request, response, () => listModels(world)));
  router.use((_request: Request, response: Response) => {
    response.status(404).json(failure("Unknown request URL", "unknown_url"));
  });
  // Four parameters are how express knows it.
  router.use((_error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    response.status(400).json(failure("We could not parse the JSON body of your request.", null));
  });
  return router;
}

async function serve(
  world: LlmWorld,
  request: Request,
  response: Response,
  answer: () => LlmReply,
): Promise<void> {
  const key = /^Bearer +(\S+)$/i.exec(request.get("authorization") ?? "")?.[1] ?? "";
  const row: LlmRequest = {
    at: world.now(),
    method: request.method,
    path: request.path,
    body: (request.body as Record<string, unknown> | undefined) ?? null,
    authorized: world.apiKey === null || key === world.apiKey,
    status: null,
  };
  world.requests.push(row);
  const { behaviour } = world;
  // Unreferenced: a test that is over does not wait for it.
  if (behaviour.slow) await wait(behaviour.slow, undefined, { ref: false });
  const reply = trouble(world, row, key) ?? answer();
  if (behaviour.hang || response.destroyed) return;
  row.status = reply.status;
  if (behaviour.rateLimited) response.set("retry-after", String(behaviour.rateLimited));
  if (behaviour.redirects) response.set("location", behaviour.redirects);
  response.status(reply.status);
  if (typeof reply.body === "string") response.type("text/plain").send(reply.body);
  else response.json(reply.body);
}

function trouble({ behaviour }: LlmWorld, row: LlmRequest, key: string): LlmReply | undefined {
  const status = troubleStatus(behaviour, row);
  if (status === undefined) return undefined;
  const words: Readonly<Record<number, LlmReply["body"]>> = {
    401: failure(
      `Incorrect API key provided: ${key}. You can find your API key in your account.`,
      "invalid_api_key",
    ),
    402: failure("Insufficient credits.", null),
    403: failure("You are not allowed to sample from this model.", "forbidden"),
    429: failure("Rate limit reached for requests.", "rate_limit_exceeded"),
    503: failure("The engine is currently overloaded, please try again later.", "server_error"),
  };
  return { status, body: words[status] ?? failure(`Refused with ${status}.`, null) };
}

function troubleStatus(behaviour: LlmWorld["behaviour"], row: LlmRequest): number | undefined {
  if (behaviour.redirects) return 307;
  if (!row.authorized) return 401;
  if (behaviour.down) return 503;
  if (behaviour.rateLimited !== undefined) return 429;
  return behaviour.refuses;
}

const listModels = ({ models, now }: LlmWorld): LlmReply => ({
  status: 200,
  body: {
    object: "list",
    data: models.map((id) => ({
      id,
      object: "model",
      created: Math.floor(now() / 1000),
      owned_by: "practice",
    })),
  },
});

const failure = (message: string, code: string | null) => ({
  error: { message, type: "invalid_request_error", param: null, code },
});
