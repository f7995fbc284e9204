// The names behind a number: whom a list reaches, or whom it does not and why. A hundred at a time.
import type { CampaignPerson, PeoplePage } from "../../shared/campaign.schema.ts";
import { element } from "../ui/build-element.ts";
import type { Answer } from "../ui/read-answer.ts";
import { sayContact } from "../ui/say-contact.ts";
import { sayNumber, sayPeople } from "../ui/say-count.ts";
import { backButton } from "./back-button.ts";
import type { PageView } from "./page-view.ts";

export interface PeopleDeps {
  readonly title: string;
  readonly count: number;
  readonly load: (after: number) => Promise<Answer<PeoplePage>>;
  readonly onBack: () => void;
}

const personRow = ({ name, contact }: CampaignPerson): HTMLElement =>
  element(
    "li",
    {},
    element("bdi", {}, name === "" ? "Without a name" : name),
    contact === null ? null : element("bdi", { class: "quiet", title: contact }, sayContact(contact)),
  );

export function peopleView({ title, count, load, onBack }: PeopleDeps): PageView {
  const heading = element("h1", { tabindex: -1 }, title);
  const list = element("ul", { class: "names" });
  const said = element("p", { class: "note", role: "status" }, "Loading…");
  const more = element("button", { type: "button", class: "small" }, "Show more");
  let after: number | null = -1;

  const loadMore = async (): Promise<void> => {
    if (after === null || more.disabled) return;
    more.disabled = true;
    const answer = await load(after);
    more.disabled = false;
    if ("failure" in answer) {
      said.textContent = answer.failure.message;
      more.textContent = "Try again";
      more.hidden = false;
      return;
    }
    const { people, next } = answer.value;
    const first = list.children.length;
    list.append(...people.map(personRow));
    after = next;
    more.textContent = "Show more";
    more.hidden = next === null;
    said.textContent =
      list.children.length === 0
        ? "No names to show."
        : `${sayNumber(list.children.length)} of ${sayNumber(Math.max(count, list.children.length))} shown`;
    // The button that is gone must not take the keyboard with it.
    const next100 = list.children[first];
    if (next === null && first > 0 && next100 instanceof HTMLElement) {
      next100.tabIndex = -1;
      next100.focus();
    }
  };
  more.hidden = true;
  more.addEventListener("click", () => void loadMore());
  return {
    node: element(
      "section",
      { class: "people" },
      backButton("Back", onBack),
      heading,
      element("p", { class: "quiet" }, sayPeople(count)),
      list,
      said,
      more,
    ),
    enter: () => void loadMore(),
    focus: () => heading.focus(),
  };
}
