// Joins the parts of the ready page: head, then form or live outreach in the same place, then the last outreaches.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import type { Engagement } from "../../shared/engagement.schema.ts";
import { element } from "../ui/build-element.ts";
import type { ChoiceMemory } from "../ui/last-choices.ts";
import { type ConverseDeps, createConverse } from "./converse.ts";
import { followEngagement } from "./follow-engagement.ts";
import type { LiveEngagement } from "./read-engagement.ts";
import type { StartChoices, StartEngagement } from "./start-engagement.ts";
import { formView } from "./view-form.ts";
import { liveView } from "./view-live.ts";
import { personHead } from "./view-person.ts";
import { recentView, withEngagement } from "./view-recent.ts";

export interface PageDeps {
  readonly model: EmbedModel;
  readonly memory: ChoiceMemory;
  readonly start: StartEngagement;
  /** Requests a path below `embed/engagements/`, with the session. */
  readonly get: (path: string, signal: AbortSignal) => Promise<Response>;
  /** For what the agent writes. */
  readonly talk: ConverseDeps;
  readonly reload: () => void;
  readonly now: () => number;
}

/** What is known of an outreach before the gateway has told anything about it. */
const justStarted = (id: string, choices: StartChoices, model: EmbedModel): Engagement => ({
  engagement_id: id,
  domain_name: model.tenant ?? "",
  status: "accepted",
  outcome: null,
  channel: choices.channel,
  type: choices.call_type,
  person_id: model.person?.id ?? null,
  user_id: null,
  contact: choices.contact ?? null,
  started_at: null,
  completed_at: null,
  duration: null,
  summary: null,
  transcript: [],
  history: [],
  ...(choices.scheduled_time === undefined ? {} : { waits_until: choices.scheduled_time }),
});

/** Renders into `root` and keeps it up to date. */
export function showPage(root: HTMLElement, deps: PageDeps): void {
  const { model, now } = deps;
  const place = element("div", { class: "place" });
  const below = element("div", {});
  let recent = model.recent ?? [];
  let stop = (): void => undefined;

  const showRecent = (hiddenId: string | null): void => {
    const rows = recent.filter((row) => row.engagement_id !== hiddenId);
    below.replaceChildren(recentView(rows, now(), openRecent));
  };
  const showForm = (focus: boolean): void => {
    stop();
    const form = formView({
      ...deps,
      onStarted: (id, choices) => showLive(justStarted(id, choices, model), "Start another", true),
    });
    place.replaceChildren(form.node);
    showRecent(null);
    if (focus) form.focus();
  };
  const showLive = (engagement: LiveEngagement, backLabel: string, focus: boolean): void => {
    stop();
    const startedAt = new Date(now()).toISOString();
    const known = { at: startedAt, by: model.agent?.name ?? "" };
    const take = (changed: LiveEngagement): void => {
      recent = withEngagement(recent, changed, known);
      live.update(changed);
    };
    const live = liveView(
      {
        ...deps,
        personName: model.person?.name ?? "",
        converse: createConverse(engagement.engagement_id, deps.talk),
        onChanged: take,
        backLabel,
        onBack: () => showForm(true),
      },
      engagement,
    );
    recent = withEngagement(recent, engagement, known);
    place.replaceChildren(live.node);
    showRecent(engagement.engagement_id);
    if (focus) live.focus();
    stop = followEngagement(engagement.engagement_id, {
      get: deps.get,
      onEngagement: take,
      onTrouble: live.trouble,
    });
  };
  const openRecent = (id: string): void => {
    const row = recent.find((other) => other.engagement_id === id);
    if (row === undefined) return;
    const bare = justStarted(id, { channel: row.channel, call_type: row.type }, model);
    showLive({ ...bare, ...row, started_at: row.at }, "Back", true);
  };

  root.replaceChildren(personHead(model), place, below);
  if (model.running) showLive(model.running, "Start another", false);
  else showForm(false);
}
