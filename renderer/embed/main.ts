// Entry of the single-contact page: reads the model the server wrote into the page and shows it.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { timeoutSignal } from "../ui/abort-signals.ts";
import { element } from "../ui/build-element.ts";
import { createChoiceMemory } from "../ui/last-choices.ts";
import { readModel } from "../ui/read-model.ts";
import { refreshTimes } from "../ui/relative-time.ts";
import { randomClickId } from "../ui/send-click.ts";
import { problemView } from "../ui/view-problem.ts";
import { showPage } from "./show-page.ts";
import { createStarter } from "./start-engagement.ts";
import "./embed.css";

const ANSWER_TIMEOUT_MS = 15_000;
const TIMES_EVERY_MS = 15_000;

const root = document.getElementById("app") ?? document.body.appendChild(element("main", { id: "app" }));
const model = readModel<EmbedModel>(document.getElementById("embed-model")?.textContent ?? null);
const authorization = `Bearer ${model.session}`;

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`embed/${path}`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
    credentials: "omit",
    signal: timeoutSignal(ANSWER_TIMEOUT_MS),
  });
const get = (path: string, signal: AbortSignal): Promise<Response> =>
  fetch(`embed/engagements/${path}`, {
    headers: { authorization },
    credentials: "omit",
    cache: "no-store",
    signal,
  });
const clicks = {
  newClickId: randomClickId,
  sleep: (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms)),
};

if (model.state === "ready") {
  showPage(root, {
    model,
    memory: createChoiceMemory(() => window.localStorage, `${model.tenant ?? ""}.${model.agent?.name ?? ""}`),
    start: createStarter({ ...clicks, post: (body) => post("start", body) }),
    get,
    talk: {
      ...clicks,
      post: (path, body) => post(`engagements/${path}`, body),
      get: (path) => get(path, timeoutSignal(ANSWER_TIMEOUT_MS)),
    },
    reload: () => window.location.reload(),
    now: () => Date.now(),
  });
} else {
  root.replaceChildren(problemView(model.problem, model.state));
}
setInterval(() => refreshTimes(document, Date.now()), TIMES_EVERY_MS);
