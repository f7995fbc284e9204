// Who answers the contact, and the buttons that change it: take over from the assistant, hand back, end, write again.
import type { ConverseBody } from "../../shared/conversation.schema.ts";
import { element } from "../ui/build-element.ts";
import { refusalBox } from "../ui/view-refusal.ts";
import { isOver } from "../ui/wording.ts";
import type { Converse } from "./converse.ts";
import type { LiveEngagement } from "./read-engagement.ts";

export interface AnswererRow {
  readonly node: HTMLElement;
  /** Ends it; stands apart from what is pressed more often. */
  readonly end: HTMLElement;
  update(engagement: LiveEngagement): void;
}
export interface AnswererDeps {
  readonly converse: Converse;
  readonly onChanged: (engagement: LiveEngagement) => void;
  /** The pressed button is gone: the keyboard goes where writing goes on. */
  readonly onGone: () => void;
  readonly reload: () => void;
}

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** "You answer.", "The conversation is over. Nothing was said for 24 hours." */
export function sayAnswerer({ conversation }: Pick<LiveEngagement, "conversation">): string {
  if (conversation?.answers === "automated") return "The assistant answers.";
  if (conversation?.answers === "agent") return "You answer.";
  return `The conversation is over.${conversation?.closed ? ` ${sentence(conversation.closed)}` : ""}`;
}

/** What may be changed. Whoever asked not to be contacted is not written to again from here. */
export function answererChoices(engagement: Pick<LiveEngagement, "conversation" | "status" | "outcome">) {
  const { conversation, status, outcome } = engagement;
  const { answers = "nobody", can_automate = false, last_inbound_at = null } = conversation ?? {};
  return {
    takeOver: answers === "automated",
    handBack: answers === "agent" && can_automate,
    // A message that wanted no answer and got none has nothing to be ended.
    end: answers !== "nobody" && (!isOver(status) || last_inbound_at !== null),
    writeAgain: answers === "nobody" && outcome !== "not_interested",
  };
}

export function answererRow({ converse, onChanged, onGone, reload }: AnswererDeps): AnswererRow {
  const refusal = refusalBox(reload, { retry: "Wait a moment and press the button again." });
  const words = element("p", { class: "answerer", role: "status", dir: "auto" });
  let busy = false;
  const button = (answers: ConverseBody["answers"], label: string): HTMLButtonElement => {
    const made = element(
      "button",
      { type: "button", class: "small", onclick: () => void run(answers, made) },
      label,
    );
    return made;
  };
  const takeOver = button("agent", "Take over");
  const handBack = button("automated", "Let the assistant answer");
  const writeAgain = button("agent", "Write again");
  const end = button("nobody", "End conversation");
  end.classList.add("end");
  const row = element("div", { class: "answer-row" }, words, takeOver, handBack, writeAgain);

  const run = async (answers: ConverseBody["answers"], pressed: HTMLElement): Promise<void> => {
    if (busy) return;
    busy = true;
    refusal.clear();
    row.setAttribute("aria-busy", "true");
    const answer = await converse.answerBy(answers);
    busy = false;
    row.removeAttribute("aria-busy");
    if ("failure" in answer) {
      refusal.show(answer.failure);
      return;
    }
    onChanged(answer.value);
    if (!pressed.hidden) return;
    const next = [takeOver, handBack, writeAgain].find((each) => !each.hidden);
    if (answers === "agent" || next === undefined) onGone();
    else next.focus();
  };
  return {
    node: element("div", { class: "answer-part" }, row, refusal.node),
    end,
    update: (engagement) => {
      const choices = answererChoices(engagement);
      const text = sayAnswerer(engagement);
      if (words.textContent !== text) words.textContent = text;
      takeOver.hidden = !choices.takeOver;
      handBack.hidden = !choices.handBack;
      writeAgain.hidden = !choices.writeAgain;
      end.hidden = !choices.end;
    },
  };
}
