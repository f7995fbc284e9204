// What was said, and below it what is not said yet, as one log with a reading place of its own.
import { element } from "../ui/build-element.ts";
import { readingPlace } from "../ui/reading-place.ts";
import type { LiveEngagement } from "./read-engagement.ts";
import { pendingList } from "./view-pending.ts";
import { talkList } from "./view-talk.ts";

export interface TalkLog {
  readonly node: HTMLElement;
  update(engagement: LiveEngagement): void;
}

/** `reuse` puts a text that was not sent back where it can be written anew. */
export function talkLog(personName: string, reuse: (text: string) => void): TalkLog {
  const talk = talkList(personName);
  const pending = pendingList(reuse);
  const log = element(
    "div",
    { class: "log", role: "log", "aria-label": "Conversation" },
    talk.node,
    pending.node,
  );
  const place = readingPlace({
    toEnd: () => log.scrollHeight - log.clientHeight - log.scrollTop,
    goToEnd: () => log.scrollTo(0, log.scrollHeight),
    onJump: () => log.focus(),
  });
  // The keyboard can scroll it only where it can get into it.
  const reach = (): void => {
    log.tabIndex = log.scrollHeight > log.clientHeight ? 0 : -1;
  };
  log.addEventListener("scroll", place.scrolled, { passive: true });
  new ResizeObserver(() => {
    reach();
    place.resized();
  }).observe(log);
  const node = element("div", { class: "log-frame" }, log, place.button);
  const size = (): readonly [number, number] => [talk.node.childElementCount, pending.node.childElementCount];
  return {
    node,
    update: ({ transcript, conversation }) => {
      const [said, waiting] = size();
      talk.update(transcript);
      const reusable = conversation?.can_reply ?? false;
      pending.update((conversation?.pending ?? []).map((message) => ({ ...message, reusable })));
      const [nowSaid, nowWaiting] = size();
      node.hidden = nowSaid + nowWaiting === 0;
      reach();
      // Whoever writes wants to see it go out.
      place.added(Math.max(0, nowSaid - said), nowWaiting > waiting);
    },
  };
}
