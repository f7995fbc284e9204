// Entry of the single-contact page: reads the model the server wrote into the page and shows it.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { element } from "../ui/build-element.ts";
import { createChoiceMemory } from "../ui/last-choices.ts";
import { readModel } from "../ui/read-model.ts";
import { refreshTimes } from "../ui/relative-time.ts";
import { randomClickId } from "../ui/send-click.ts";
import { problemView } from "../ui/view-problem.ts";
import { showPage } from "./show-page.ts";
import { createStarter } from "./start-engagement.ts";
import "./embed.css";

const START_TIMEOUT_MS = 15_000;
const TIMES_EVERY_MS = 15_000;

const root = document.getElementById("app") ?? document.body.appendChild(element("main", { id: "app" }));
const model = readModel<EmbedModel>(document.getElementById("embed-model")?.textContent ?? null);
const authorization = `Bearer ${model.session}`;

if (model.state === "ready") {
  showPage(root, {
    model,
    memory: createChoiceMemory(() => window.localStorage, `${model.tenant ?? ""}.${model.agent?.name ?? ""}`),
    start: createStarter({
      post: (body) =>
        fetch("embed/start", {
          method: "POST",
          headers: { authorization, "content-type": "application/json" },
          body: JSON.stringify(body),
          credentials: "omit",
          signal: AbortSignal.timeout(START_TIMEOUT_MS),
        }),
      newClickId: randomClickId,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    }),
    get: (path, signal) =>
      fetch(`embed/engagements/${path}`, {
        headers: { authorization },
        credentials: "omit",
        cache: "no-store",
        signal,
      }),
    reload: () => window.location.reload(),
    now: () => Date.now(),
  });
} else {
  root.replaceChildren(problemView(model.problem, model.state));
}
setInterval(() => refreshTimes(document, Date.now()), TIMES_EVERY_MS);
