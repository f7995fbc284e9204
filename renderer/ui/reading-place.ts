// Where somebody reads: at the end it goes along with what comes; further up it stays, and a button counts what is new. The
// contact's chat page and the talk of the single-contact page are read with it.
import { element } from "./build-element.ts";

export interface ReadingPlace {
  /** The button, hidden while nothing is new. */
  readonly button: HTMLButtonElement;
  /** After something was added: goes to the end where it was being read, or where `always`; else counts `fresh`. */
  added(fresh: number, always: boolean): void;
  /** The end has moved without anything new: the window or what stands below it changed its size. */
  resized(): void;
  /** To be told whenever it was scrolled. */
  scrolled(): void;
}
export interface PlaceDeps {
  /** Pixels between what is in view and the end. */
  readonly toEnd: () => number;
  readonly goToEnd: () => void;
  /** The first of `count` new messages gets the focus, so that reading goes on there. */
  readonly onJump: (count: number) => void;
}

/** So close is at the end: a finger is not exact. */
const NEAR_PX = 48;

export const sayNew = (count: number): string => (count === 1 ? "1 new message" : `${count} new messages`);

export function readingPlace({ toEnd, goToEnd, onJump }: PlaceDeps): ReadingPlace {
  let atEnd = true;
  let unread = 0;
  const button = element("button", { type: "button", class: "new-messages primary", hidden: true });
  const show = (): void => {
    button.hidden = unread === 0;
    button.textContent = sayNew(unread);
  };
  const jump = (): void => {
    goToEnd();
    atEnd = true;
    unread = 0;
    show();
  };
  button.addEventListener("click", () => {
    const count = unread;
    jump();
    onJump(count);
  });
  return {
    button,
    added: (fresh, always) => {
      if (atEnd || always) jump();
      else {
        unread += fresh;
        show();
      }
    },
    resized: () => {
      if (atEnd) goToEnd();
    },
    scrolled: () => {
      atEnd = toEnd() < NEAR_PX;
      if (!atEnd) return;
      unread = 0;
      show();
    },
  };
}
