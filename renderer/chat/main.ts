// Entry of the contact's chat page: reads the model the server wrote into the page and shows it, or says what is wrong with
// the link. Everything it asks for lies below its own address.
import { timeoutSignal } from "../ui/abort-signals.ts";
import { element } from "../ui/build-element.ts";
import { randomClickId } from "../ui/send-click.ts";
import { readChatModel } from "./read-chat.ts";
import { showChat } from "./show-chat.ts";
import "./chat.css";

const ANSWER_TIMEOUT_MS = 15_000;
const MODEL = "chat-model";

const textOf = (page: Document): string | null => page.getElementById(MODEL)?.textContent ?? null;

const root = document.getElementById("app") ?? document.body.appendChild(element("main", { id: "app" }));
const { chat, problem } = readChatModel(textOf(document));
const address = window.location.pathname.replace(/\/+$/, "");
const ask = (path: string, request: RequestInit): Promise<Response> =>
  fetch(`${address}${path}`, { credentials: "omit", cache: "no-store", ...request });

if (chat === null) {
  root.replaceChildren(
    element(
      "section",
      { class: "problem" },
      element("h1", {}, "This chat cannot be opened"),
      element("p", { dir: "auto" }, problem),
    ),
  );
} else {
  showChat(root, {
    chat,
    post: (body) =>
      ask("/messages", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: timeoutSignal(ANSWER_TIMEOUT_MS),
      }),
    openStream: (signal) => ask("/events", { signal }),
    getPage: (signal) => ask("", { signal }),
    modelOf: (html) => textOf(new DOMParser().parseFromString(html, "text/html")),
    newClickId: randomClickId,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: () => Date.now(),
  });
}
