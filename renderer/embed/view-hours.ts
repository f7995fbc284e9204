// It is too early or too late where the contact is: why, above the button, and the way on where the gateway refuses a start
// for it.
import { element } from "../ui/build-element.ts";
import { toneShape } from "../ui/channel-icon.ts";
import type { Failure } from "../ui/read-answer.ts";
import { readText } from "../ui/read-field.ts";
import { sayMoment } from "../ui/say-moment.ts";
import type { ClosedHours } from "./choose-contact.ts";

/** Amber, with the local time and the rule as the server says them; nothing while they may be reached. */
export function hoursNote() {
  const sentence = element("span", {});
  const node = element("p", { class: "box wait", role: "status", dir: "auto" });
  const show = (closed: ClosedHours | null): void => {
    node.hidden = closed === null;
    sentence.textContent = closed?.sentence ?? "";
    node.replaceChildren(...(closed === null ? [] : [toneShape("wait"), sentence]));
  };
  return { node, show };
}

/** The time a refusal for hours offers, ISO; null for every other refusal. */
export function offeredTime({ code, details }: Failure): string | null {
  const at = code === "outside_hours" ? readText(details, "next_allowed_at") : null;
  return at !== null && Number.isFinite(Date.parse(at)) ? at : null;
}

/** "Schedule for 8:00 am tomorrow (your time)"; undefined where the refusal offers no time. */
export function scheduleButton(
  failure: Failure,
  now: number,
  schedule: (opensAt: string) => void,
): HTMLButtonElement | undefined {
  const at = offeredTime(failure);
  if (at === null) return undefined;
  const label = `Schedule for ${sayMoment(Date.parse(at), now)} (your time)`;
  return element("button", { type: "button", class: "small", onclick: () => schedule(at) }, label);
}
