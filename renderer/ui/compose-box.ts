// Where a message is written: a field that grows with its text, a button, and how much room is left near the limit. The
// contact's chat page and the reply of the single-contact page are written with it.
import { element } from "./build-element.ts";
import { sayNumber } from "./say-count.ts";

export interface ComposeBox {
  readonly node: HTMLFormElement;
  /** What is written, not sent yet. */
  text(): string;
  fill(text: string): void;
  /** Puts a text behind what is there. */
  add(text: string): void;
  /** While it is being sent the text stays and cannot be sent again. */
  setBusy(busy: boolean): void;
  focus(): void;
}
export interface ComposeOptions {
  /** Unique on the page. */
  readonly id: string;
  /** Read out, and shown while the field is empty. */
  readonly label: string;
  /** Characters the server takes. */
  readonly limit: number;
  /** Enter sends and Shift+Enter breaks the line; else only Ctrl+Enter and the button send. */
  readonly enterSends: boolean;
  /** Never called with an empty text, or one beyond the limit. */
  readonly onSend: (text: string) => void;
}

/** So close to the limit it is said. */
const NEAR = 200;

/** "120 characters left", "5 characters too long"; empty far from the limit. */
export function sayRoom(length: number, limit: number): string {
  const left = limit - length;
  if (left > NEAR) return "";
  const count = Math.abs(left);
  const characters = `${sayNumber(count)} ${count === 1 ? "character" : "characters"}`;
  return left < 0 ? `${characters} too long` : `${characters} left`;
}

function grow(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  const border = field.offsetHeight - field.clientHeight;
  // Not in the page yet it has no height; the style sheet's is right then.
  if (field.scrollHeight > 0) field.style.height = `${field.scrollHeight + border}px`;
}

export function composeBox({ id, label, limit, enterSends, onSend }: ComposeOptions): ComposeBox {
  const field = element("textarea", {
    id,
    rows: 1,
    dir: "auto",
    placeholder: `${label}…`,
    enterkeyhint: enterSends ? "send" : null,
    "aria-describedby": `${id}-room`,
  });
  const room = element("p", { id: `${id}-room`, class: "room", "aria-live": "polite" });
  const button = element("button", { type: "submit", class: "primary send" }, "Send");
  let busy = false;

  const update = (): void => {
    const { length } = field.value.trim();
    room.textContent = sayRoom(length, limit);
    field.setAttribute("aria-invalid", String(length > limit));
    button.disabled = busy || length > limit;
    button.textContent = busy ? "Sending…" : "Send";
    grow(field);
  };
  const send = (): void => {
    const text = field.value.trim();
    if (text === "") field.focus();
    else if (!button.disabled) onSend(text);
  };
  const onKey = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.key !== "Enter" || event.isComposing) return;
    if (event.shiftKey || !(enterSends || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  field.addEventListener("input", update);
  field.addEventListener("keydown", onKey);
  const node = element(
    "form",
    {
      class: "compose",
      onsubmit: (event: Event) => {
        event.preventDefault();
        send();
      },
    },
    element("label", { for: id, class: "off-screen" }, label),
    field,
    button,
    room,
  );
  const fill = (text: string): void => {
    field.value = text;
    update();
  };
  return {
    node,
    text: () => field.value.trim(),
    fill,
    add: (text) => {
      fill(field.value.trim() === "" ? text : `${field.value}\n${text}`);
      field.focus();
    },
    setBusy: (value) => {
      busy = value;
      field.readOnly = value;
      update();
    },
    focus: () => field.focus(),
  };
}
