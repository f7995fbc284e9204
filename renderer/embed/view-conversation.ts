// Below the talk, while something may be written to the contact: why an agent has to look, who answers, the chat's link, and
// where the reply is written.
import { element } from "../ui/build-element.ts";
import { toneShape } from "../ui/channel-icon.ts";
import { composeBox } from "../ui/compose-box.ts";
import { copyButton } from "../ui/copy-text.ts";
import type { ChoiceMemory } from "../ui/last-choices.ts";
import { refusalBox } from "../ui/view-refusal.ts";
import { isVoice } from "../ui/wording.ts";
import type { Converse } from "./converse.ts";
import type { LiveEngagement } from "./read-engagement.ts";
import { answererRow } from "./view-answerer.ts";

/** Characters of a reply the server takes (replySchema). */
const LONGEST = 4000;

export interface ConversationView {
  readonly node: HTMLElement;
  update(engagement: LiveEngagement): void;
  /** Puts a text into the reply, behind what is there. */
  reuse(text: string): void;
  /** Keeps what is being written over a reload of the page. */
  keep(): void;
}
export interface ConversationDeps {
  /** As the agent calls them: "Nivia". */
  readonly name: string;
  readonly converse: Converse;
  readonly memory: Pick<ChoiceMemory, "saveDraft" | "takeDraft">;
  readonly onChanged: (engagement: LiveEngagement) => void;
  readonly reload: () => void;
}

function chatLink(name: string) {
  const node = element("div", { class: "chat-link", hidden: true });
  let before: string | null = null;
  const show = (link: string | null): void => {
    if (link === before) return;
    before = link;
    node.hidden = link === null;
    node.replaceChildren(
      ...(link === null
        ? []
        : [
            element(
              "p",
              {},
              "Chat page of ",
              element("bdi", {}, name),
              element("span", { class: "quiet" }, ": whoever has this link can read and write here."),
            ),
            element("p", { class: "link", dir: "ltr", title: link }, link),
            copyButton(link, "Copy the link"),
          ]),
    );
  };
  return { node, show };
}

/** The field, and what came of sending. */
function replyPart({ name, converse, onChanged, reload }: ConversationDeps, enterSends: boolean) {
  const refusal = refusalBox(reload, { retry: "Your text is still there. Press Send again." });
  const send = async (text: string): Promise<void> => {
    box.setBusy(true);
    refusal.clear();
    const answer = await converse.reply(text);
    box.setBusy(false);
    if ("failure" in answer) {
      refusal.show(answer.failure);
      return;
    }
    box.fill("");
    // The button was dead while it was being sent, so the keyboard may be nowhere.
    if (document.activeElement === document.body || box.node.contains(document.activeElement)) box.focus();
    if (answer.value !== null) onChanged(answer.value);
  };
  const box = composeBox({
    id: "reply",
    label: `Write to ${name}`,
    limit: LONGEST,
    enterSends,
    onSend: (text) => void send(text),
  });
  const hint = element("p", { class: "note" });
  return { node: element("div", { class: "reply-part" }, refusal.node, box.node, hint), box, hint };
}

/** Hidden until an engagement with a conversation comes. `first` tells the channel. */
export function conversationView(deps: ConversationDeps, first: LiveEngagement): ConversationView {
  const needs = element("span", { dir: "auto" });
  const note = element("div", { class: "box wait", role: "status" });
  const noteBody = [toneShape("wait"), needs];
  // An e-mail has paragraphs.
  const reply = replyPart(deps, first.channel !== "email");
  reply.box.fill(deps.memory.takeDraft(first.engagement_id));
  const answerer = answererRow({ ...deps, onGone: reply.box.focus });
  const link = chatLink(deps.name);
  const node = element(
    "div",
    { class: "conversation", hidden: true },
    note,
    link.node,
    answerer.node,
    reply.node,
    answerer.end,
  );
  return {
    node,
    reuse: reply.box.add,
    keep: () => {
      const text = reply.box.text();
      if (text !== "") deps.memory.saveDraft(first.engagement_id, text);
    },
    update: (engagement) => {
      const { conversation } = engagement;
      node.hidden = conversation === undefined;
      if (conversation === undefined) return;
      const why = conversation.needs_agent;
      if ((why ?? "") !== needs.textContent || note.hidden !== (why === null)) {
        needs.textContent = why;
        note.replaceChildren(...(why === null ? [] : noteBody));
        note.hidden = why === null;
      }
      link.show(conversation.chat_link);
      // Nothing can be written to somebody in a call.
      const spoken = isVoice(engagement.channel);
      answerer.node.hidden = spoken;
      reply.node.hidden = spoken || !conversation.can_reply;
      answerer.update(engagement);
      if (spoken) answerer.end.hidden = true;
      reply.hint.textContent =
        conversation.answers === "automated" ? "Writing yourself takes over from the assistant." : "";
    },
  };
}
