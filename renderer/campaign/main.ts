// Entry of the campaign page: reads the model the server wrote into the page and shows it.
import type { CampaignModel } from "../../shared/campaign.schema.ts";
import { element } from "../ui/build-element.ts";
import { createChoiceMemory } from "../ui/last-choices.ts";
import { readModel } from "../ui/read-model.ts";
import { refreshTimes } from "../ui/relative-time.ts";
import { randomClickId } from "../ui/send-click.ts";
import { problemView } from "../ui/view-problem.ts";
import { createCampaignApi } from "./campaign-api.ts";
import { showPage } from "./show-page.ts";
import "./campaign.css";

const TIMES_EVERY_MS = 15_000;

const root = document.getElementById("app") ?? document.body.appendChild(element("main", { id: "app" }));
const model = readModel<CampaignModel>(document.getElementById("embed-model")?.textContent ?? null);
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

if (model.state === "ready") {
  const owner = `campaign.${model.tenant ?? ""}.${model.agent?.name ?? ""}`;
  showPage(root, {
    model,
    memory: createChoiceMemory(() => window.localStorage, owner),
    api: createCampaignApi(
      (path, request) =>
        fetch(`campaign/${path}`, {
          ...request,
          headers: { ...request.headers, authorization: `Bearer ${model.session}` },
          credentials: "omit",
          cache: "no-store",
        }),
      sleep,
    ),
    newClickId: randomClickId,
    sleep,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    reload: () => window.location.reload(),
    now: () => Date.now(),
  });
} else {
  root.replaceChildren(problemView(model.problem, model.state));
}
setInterval(() => refreshTimes(document, Date.now()), TIMES_EVERY_MS);
