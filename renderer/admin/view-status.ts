// The strip of four lamps and the list of things that need a person. Always true: with no answer, nothing is green.
import type { Lamp, Status } from "../../shared/admin-api.ts";
import { element } from "../ui/build-element.ts";
import { toneShape } from "../ui/channel-icon.ts";
import type { Tone } from "../ui/wording.ts";
import { showButton } from "./show-button.ts";

const LAMP_TONES: Readonly<Record<Lamp["state"], { readonly tone: Tone; readonly word: string }>> = {
  ok: { tone: "ok", word: "Working" },
  warn: { tone: "wait", word: "Look here" },
  bad: { tone: "bad", word: "Not working" },
  unknown: { tone: "none", word: "Not seen yet" },
};
const TITLES: Readonly<Record<keyof Status["lamps"], string>> = {
  public_address: "Public address",
  follow_up_boss: "Follow Up Boss",
  channels: "Channels",
  outreach: "Outreach",
};
const SILENT: Lamp = {
  state: "unknown",
  sentence: "Not known: the gateway does not answer.",
  remedy: null,
};

function lampCard(title: string, lamp: Lamp, word: string, tone: Tone): HTMLElement {
  return element(
    "li",
    { class: `lamp tone-${tone}` },
    element("h2", {}, title),
    element("p", { class: "lamp-word" }, toneShape(tone), word),
    element("p", { class: "lamp-sentence", dir: "auto" }, lamp.sentence),
    lamp.remedy ? element("p", { class: "remedy", dir: "auto" }, lamp.remedy) : null,
  );
}

/** Four lamps; `status` null while nothing has answered. */
export function lampStrip(status: Status | null, loading: boolean): HTMLElement {
  const lamps = Object.entries(TITLES).map(([key, title]) => {
    const lamp = status?.lamps[key as keyof Status["lamps"]];
    if (lamp !== undefined) {
      return lampCard(title, lamp, LAMP_TONES[lamp.state].word, LAMP_TONES[lamp.state].tone);
    }
    return loading
      ? lampCard(title, { ...SILENT, sentence: "Asking the gateway." }, "Looking…", "none")
      : lampCard(title, SILENT, "Not known", "none");
  });
  return element("ul", { class: "lamps" }, ...lamps);
}

/** What waits for a person, each with its remedy; `open` shows the outreach it is about. */
export function needsYou(status: Status, open: (engagementId: string) => void): HTMLElement {
  const rows = status.needs_you.map((need) => {
    const id = need.engagement_id;
    return element(
      "li",
      { class: "box wait" },
      element(
        "p",
        {},
        element("b", { dir: "auto" }, need.sentence),
        " ",
        element("span", { dir: "auto" }, need.remedy),
      ),
      id === null ? null : showButton(`Show the outreach: ${need.sentence}`, () => open(id)),
    );
  });
  return rows.length === 0
    ? element("p", { class: "quiet" }, toneShape("ok"), " Nothing. What needs a person will be listed here.")
    : element("ul", { class: "needs" }, ...rows);
}

/** One line of numbers for today. */
export function todayLine({ today, queue }: Status): string {
  const parts = [
    `${today.engagements} outreaches today`,
    `${today.refused} refused`,
    `${queue.waiting + queue.running} jobs waiting or running`,
    `${today.activities_waiting} to write to Follow Up Boss`,
  ];
  if (today.activities_dead > 0) parts.push(`${today.activities_dead} could not be written`);
  if (queue.dead > 0) parts.push(`${queue.dead} jobs given up`);
  return parts.join(" · ");
}
