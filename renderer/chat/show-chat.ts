// Joins the parts of the contact's chat page: who it is with, the messages, where to write; and keeps them up to date.
import type { ChatState, ChatWrite } from "../../shared/chat.schema.ts";
import { element } from "../ui/build-element.ts";
import { composeBox } from "../ui/compose-box.ts";
import { readingPlace } from "../ui/reading-place.ts";
import { type FollowChatDeps, followChat } from "./follow-chat.ts";
import { createOutbox } from "./outbox.ts";
import { readChat } from "./read-chat.ts";
import { connectionLine } from "./view-connection.ts";
import { chatLog } from "./view-log.ts";

export interface ChatDeps extends Pick<FollowChatDeps, "openStream" | "getPage" | "modelOf"> {
  readonly chat: ChatState;
  readonly post: (body: ChatWrite) => Promise<Response>;
  readonly newClickId: () => string;
  readonly sleep: (ms: number) => Promise<void>;
  readonly now: () => number;
}

/** Characters the server takes (chatWriteSchema). */
const LONGEST = 2000;

function chatHead({ brokerage, agent }: ChatState): HTMLElement {
  return element(
    "header",
    {},
    element("h1", { dir: "auto" }, brokerage),
    agent === brokerage
      ? null
      : element("p", { class: "quiet" }, "You are writing with ", element("bdi", {}, agent)),
  );
}

const page = (): HTMLElement => document.documentElement;

/** The page scrolls as a whole, so that it works at any size and with any keyboard on the screen. */
function pagePlace(onJump: (count: number) => void) {
  const place = readingPlace({
    toEnd: () => page().scrollHeight - window.innerHeight - window.scrollY,
    goToEnd: () => window.scrollTo(0, page().scrollHeight),
    onJump,
  });
  window.addEventListener("scroll", place.scrolled, { passive: true });
  window.addEventListener("resize", place.resized);
  return place;
}

const count = ({ messages }: ChatState, direction: "inbound" | "outbound"): number =>
  messages.filter((message) => message.direction === direction).length;

/** Renders into `root` and keeps it up to date. */
export function showChat(root: HTMLElement, deps: ChatDeps): void {
  let chat = deps.chat;
  const closed = element("p", { class: "box info", role: "status", dir: "auto" });
  const connection = connectionLine(() => outbox.retryLost());
  const log = chatLog(deps.now, (clickId) => outbox.retry(clickId));
  const place = pagePlace(log.focusLast);
  const compose = composeBox({
    id: "message",
    label: "Write a message",
    limit: LONGEST,
    enterSends: true,
    onSend: (text) => {
      compose.fill("");
      compose.focus();
      outbox.add(text, chat.messages);
      place.added(0, true);
    },
  });
  const render = (): void => {
    log.show(chat, outbox.all());
    compose.node.hidden = !chat.open;
    closed.hidden = chat.open;
    if (closed.textContent !== (chat.closed ?? "")) closed.textContent = chat.closed;
  };
  const take = (next: ChatState | null): void => {
    // An answer that was on its way longer than a newer event.
    if (next === null || next.messages.length < chat.messages.length) return;
    const before = chat;
    chat = next;
    outbox.settle(chat.messages);
    render();
    const fresh = count(chat, "outbound") - count(before, "outbound");
    place.added(fresh, count(chat, "inbound") > count(before, "inbound"));
  };
  const outbox = createOutbox({
    ...deps,
    onChange: () => render(),
    onTaken: (answer) => take(readChat(answer)),
  });
  const foot = element("footer", {}, place.button, connection.node, compose.node, closed);

  document.title = chat.brokerage;
  root.replaceChildren(chatHead(chat), log.node, foot);
  render();
  place.added(0, true);
  new ResizeObserver(place.resized).observe(foot);
  followChat({
    ...deps,
    onChat: take,
    onTrouble: (failure, final) => {
      if (final && failure !== null) {
        chat = { ...chat, open: false, closed: failure.message };
        render();
      }
      connection.show(failure !== null && !final);
    },
  });
}
