// Messages that are not with the contact yet, or never will be, below the talk: each with what is happening to it, or why not.
import type { PendingMessage } from "../../shared/conversation.schema.ts";
import { element } from "../ui/build-element.ts";
import { type GrowingList, growingList } from "../ui/growing-list.ts";

/** `reusable`: something may be written at all. */
export type PendingRow = PendingMessage & { readonly reusable: boolean };

/** Which of them will not go out by themselves. */
const STUCK: readonly PendingMessage["state"][] = ["failed", "refused", "unknown"];

/** "Sending…", "Not sent: This number is a landline." */
export function sayPending({ state, error }: Pick<PendingMessage, "state" | "error">): string {
  if (state === "waiting") return "Waiting to be sent";
  if (state === "sending") return "Sending…";
  if (state === "unknown")
    return `It is not known whether this was sent.${error === null ? "" : ` ${error}`}`;
  return error === null ? "Not sent" : `Not sent: ${error}`;
}

/** `reuse` puts a text that was not sent back where it can be written anew. */
export function pendingList(reuse: (text: string) => void): GrowingList<PendingRow> {
  return growingList(element("div", { class: "talk" }), (message) => {
    const stuck = STUCK.includes(message.state);
    const again = element(
      "button",
      { type: "button", class: "small", onclick: () => reuse(message.text) },
      "Write it again",
    );
    return element(
      "div",
      { class: stuck ? "mine unsent failed" : "mine unsent" },
      element("p", { dir: "auto" }, message.text),
      element(
        "div",
        { class: "state" },
        element("span", { dir: "auto" }, sayPending(message)),
        stuck && message.reusable ? again : null,
      ),
    );
  });
}
