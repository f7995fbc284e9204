// One message as a bubble: the contact's own on one side, the brokerage's on the other with who wrote it; and one that has
// not been sent yet, with what can be done about it.
import type { ChatMessage } from "../../shared/chat.schema.ts";
import { element } from "../ui/build-element.ts";
import { exactTime } from "../ui/relative-time.ts";
import { sayClock } from "../ui/say-moment.ts";
import type { UnsentMessage } from "./outbox.ts";

export interface MessageRow extends ChatMessage {
  /** Whose messages the brokerage's are. */
  readonly agent: string;
  /** Said above it, where it begins another day. */
  readonly day: string | null;
}

const own = (): HTMLElement => element("span", { class: "off-screen" }, "You: ");

function speaker({ agent, automated }: MessageRow): HTMLElement {
  return element(
    "p",
    { class: "speaker" },
    element("bdi", {}, agent),
    automated ? " · " : null,
    automated ? element("span", { class: "automated" }, "Automated") : null,
  );
}

export function messageRow(row: MessageRow): HTMLElement {
  const at = Date.parse(row.at);
  const mine = row.direction === "inbound";
  const time = Number.isFinite(at)
    ? element("time", { datetime: row.at, title: exactTime(at) }, sayClock(at))
    : null;
  return element(
    "div",
    { class: "message" },
    row.day === null ? null : element("p", { class: "day" }, row.day),
    element(
      "div",
      { class: mine ? "mine" : "theirs", tabindex: -1 },
      mine ? own() : speaker(row),
      element("p", { dir: "auto" }, row.text),
      time,
    ),
  );
}

/** "Not sent", and why where the gateway said so: no connection needs no reason. */
export function sayUnsent({ state, failure, retry }: UnsentMessage): string {
  if (state !== "failed") return "Sending…";
  return retry || failure === null ? "Not sent." : `Not sent: ${failure.message}`;
}

export function unsentRow(message: UnsentMessage, again: (clickId: string) => void): HTMLElement {
  const failed = message.state === "failed";
  return element(
    "div",
    { class: "message" },
    element(
      "div",
      { class: failed ? "mine unsent failed" : "mine unsent" },
      own(),
      element("p", { dir: "auto" }, message.text),
      element(
        "div",
        { class: "state" },
        element("span", { dir: "auto" }, sayUnsent(message)),
        message.retry
          ? element("button", { type: "button", onclick: () => again(message.clickId) }, "Try again")
          : null,
      ),
    ),
  );
}
