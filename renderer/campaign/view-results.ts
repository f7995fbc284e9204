// Results as they come, newest first; whoever reads further down is not disturbed.
import type { CampaignPerson } from "../../shared/campaign.schema.ts";
import { element } from "../ui/build-element.ts";
import { toneShape } from "../ui/channel-icon.ts";
import { pinnedList } from "../ui/pinned-list.ts";
import { timeElement } from "../ui/relative-time.ts";
import { sayContact } from "../ui/say-contact.ts";
import { sayOutcome } from "../ui/wording.ts";

export interface ResultList {
  readonly node: HTMLElement;
  /** Newest last, as the stream brings them; known people are corrected in place. */
  add(people: readonly CampaignPerson[]): void;
}

function resultRow(person: CampaignPerson, now: number): HTMLElement {
  const { word, tone } = sayOutcome(person.outcome ?? "");
  const again = person.state === "retry" ? ", to be tried again" : "";
  return element(
    "li",
    {},
    toneShape(tone),
    element(
      "div",
      {},
      element("b", {}, element("bdi", {}, person.name === "" ? "Without a name" : person.name)),
      element("p", {}, `${word}${again}`),
      element(
        "p",
        { class: "quiet" },
        person.contact === null
          ? null
          : element("bdi", { title: person.contact }, sayContact(person.contact)),
        person.contact !== null && person.at !== null && person.state !== "retry" ? " · " : null,
        person.at === null || person.state === "retry" ? null : timeElement(person.at, now),
      ),
    ),
  );
}

export function resultList(now: () => number): ResultList {
  const list = pinnedList("Results, newest first", "results");
  const said = new Map<number, string>();
  const none = element("p", { class: "quiet" }, "Each person's result appears here.");
  list.say(none);
  return {
    node: list.node,
    add: (people) => {
      const changed = people.filter((person) => {
        const text = JSON.stringify(person);
        if (person.outcome === null || said.get(person.position) === text) return false;
        said.set(person.position, text);
        return true;
      });
      if (changed.length === 0) return;
      list.say(null);
      list.add(
        changed
          .toReversed()
          .map((person) => ({ key: String(person.position), node: resultRow(person, now()) })),
      );
    },
  };
}
