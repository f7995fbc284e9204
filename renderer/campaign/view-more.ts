// The folded part of the form: how fast the campaign may go, and whom it tries again. Empty means: no limit, no tries.
import type { CampaignChannel, Retry } from "../../shared/campaign.schema.ts";
import type { Pace } from "../../shared/pace.schema.ts";
import { type Attributes, element } from "../ui/build-element.ts";
import { sayOutcome } from "../ui/wording.ts";

type RetryOutcome = Retry["outcomes"][number];
export interface MoreFields {
  readonly node: HTMLDetailsElement;
  show(channel: CampaignChannel): void;
  pace(): Pace | undefined;
  retry(): Retry | undefined;
}

/** Outcomes worth another try, by channel: a text or an e-mail is never busy. */
const OUTCOMES: Readonly<Record<CampaignChannel, readonly RetryOutcome[]>> = {
  phone: ["no_answer", "busy", "voicemail", "failed"],
  sms: ["failed"],
  email: ["failed"],
};
const WAITS: readonly (readonly [minutes: number, words: string])[] = [
  [15, "15 minutes"],
  [30, "30 minutes"],
  [60, "1 hour"],
  [120, "2 hours"],
  [240, "4 hours"],
  [1440, "1 day"],
  [2880, "2 days"],
];

function labelled<T extends HTMLElement>(words: string, field: T, note?: string): HTMLElement {
  return element(
    "label",
    { class: "small-field" },
    element("span", {}, words),
    field,
    note === undefined ? null : element("span", { class: "note" }, note),
  );
}
const numberField = (attributes: Attributes): HTMLInputElement =>
  element("input", { type: "number", inputmode: "numeric", step: 1, ...attributes });
const value = (input: HTMLInputElement): number | undefined =>
  input.value === "" ? undefined : Number(input.value);

function paceFields() {
  const atOnce = numberField({ min: 1, max: 1000, placeholder: "no limit" });
  const perMinute = numberField({ min: 1, max: 6000, placeholder: "no limit" });
  const node = element(
    "fieldset",
    { class: "more-part" },
    element("legend", {}, "How fast"),
    labelled("At the same time", atOnce),
    labelled("Per minute", perMinute),
  );
  const read = (): Pace | undefined => {
    const [at_once, per_minute] = [value(atOnce), value(perMinute)];
    if (at_once === undefined && per_minute === undefined) return undefined;
    return {
      ...(at_once === undefined ? {} : { at_once }),
      ...(per_minute === undefined ? {} : { per_minute }),
    };
  };
  return { node, read };
}

function hourFields(timezone: string) {
  const from = element("input", { type: "time" });
  const to = element("input", { type: "time" });
  const check = (): void => {
    const half = (from.value === "") !== (to.value === "");
    const turned = !half && from.value !== "" && from.value >= to.value;
    to.setCustomValidity(half ? "Fill in both times or none." : turned ? "It must end after it begins." : "");
  };
  from.addEventListener("input", check);
  to.addEventListener("input", check);
  const read = (): Retry["hours"] =>
    from.value === "" || to.value === "" ? undefined : { from: from.value, to: to.value, timezone };
  return {
    nodes: [labelled("Only from", from), labelled("until", to)],
    note: element(
      "p",
      { class: "note" },
      `Any time when left empty. Times in ${timezone.replaceAll("_", " ")}.`,
    ),
    read,
  };
}

function retryFields(timezone: string) {
  const boxes = new Map(
    OUTCOMES.phone.map((outcome) => [
      outcome,
      element("input", { type: "checkbox", value: outcome, onchange: () => update() }),
    ]),
  );
  const times = numberField({ min: 1, max: 5, value: 1, required: true });
  const wait = element(
    "select",
    {},
    ...WAITS.map(([minutes, words]) =>
      element("option", { value: minutes, selected: minutes === 60 }, words),
    ),
  );
  const hours = hourFields(timezone);
  const details = element(
    "div",
    { class: "more-part", hidden: true },
    labelled("Further tries", times),
    labelled("After", wait),
    ...hours.nodes,
    hours.note,
  );
  const chosen = (): RetryOutcome[] =>
    [...boxes].filter(([, box]) => box.checked && !box.disabled).map(([outcome]) => outcome);
  const update = (): void => {
    details.hidden = chosen().length === 0;
    for (const field of details.querySelectorAll("input, select"))
      field.toggleAttribute("disabled", details.hidden);
  };
  const choices = [...boxes].map(([outcome, box]) =>
    element("label", { class: "check" }, box, element("span", {}, sayOutcome(outcome).word)),
  );
  const node = element(
    "fieldset",
    {},
    element("legend", {}, "Try again after"),
    element("div", { class: "checks" }, ...choices),
    details,
  );
  const read = (): Retry | undefined => {
    const outcomes = chosen();
    const between = hours.read();
    return outcomes.length === 0
      ? undefined
      : {
          outcomes,
          times: Number(times.value),
          after_minutes: Number(wait.value),
          ...(between ? { hours: between } : {}),
        };
  };
  const show = (channel: CampaignChannel): void => {
    for (const [index, [outcome, box]] of [...boxes].entries()) {
      box.disabled = !OUTCOMES[channel].includes(outcome);
      if (choices[index]) choices[index].hidden = box.disabled;
    }
    update();
  };
  return { node, read, show };
}

/** `timezone` is the browser's, an IANA name. */
export function moreFields(timezone: string): MoreFields {
  const pace = paceFields();
  const retry = retryFields(timezone);
  const node = element("details", { class: "more" }, element("summary", {}, "More: pace, further tries"));
  node.append(pace.node, retry.node);
  return { node, show: retry.show, pace: pace.read, retry: retry.read };
}
