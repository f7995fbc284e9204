import { describe, expect, it } from "vitest";
import { allowedActions } from "../../../renderer/admin/outreach/allowed-actions.ts";
import { remedyFor } from "../../../renderer/ui/read-answer.ts";
import {
  allowedCallTypes,
  CALL_TYPE_NAMES,
  CALL_TYPE_ORDER,
  CHANNEL_NAMES,
  CHANNEL_ORDER,
  isOver,
  sayCode,
  sayOutcome,
  sayStanding,
  sayStatus,
} from "../../../renderer/ui/wording.ts";
import { ERROR_CODES } from "../../../shared/error-codes.ts";
import {
  CALL_TYPE_LABELS,
  CALL_TYPES,
  CHANNEL_LABELS,
  CHANNELS,
  ENGAGEMENT_STATUSES,
  isTerminal,
  OUTCOMES,
  REFUSAL_REASONS,
} from "../../../shared/values.ts";

const SPOKEN = /^[A-Z][a-z]*(-[a-z]+)?[^_]*$/;

describe("the words of the pages", () => {
  it("call channels and call types what the rest of the product calls them, in the same order", () => {
    expect(CHANNEL_NAMES).toEqual(CHANNEL_LABELS);
    expect(CALL_TYPE_NAMES).toEqual(CALL_TYPE_LABELS);
    expect(CHANNEL_ORDER).toEqual([...CHANNELS]);
    expect(CALL_TYPE_ORDER).toEqual([...CALL_TYPES]);
  });

  it("allow e-mail to be informational only and every other channel all call types", () => {
    expect(allowedCallTypes("email")).toEqual(["informational"]);
    for (const channel of CHANNELS.filter((each) => each !== "email")) {
      expect(allowedCallTypes(channel)).toEqual([...CALL_TYPES]);
    }
  });

  it.each([...OUTCOMES, ...REFUSAL_REASONS])("have their own sentence for the outcome %s", (outcome) => {
    const { word } = sayOutcome(outcome);
    expect(word).toMatch(SPOKEN);
    if (!["delivered", "not_interested", "canceled", "no_answer"].includes(outcome)) {
      expect(word).not.toBe(sayCode(outcome));
    }
  });

  it("say different outcomes differently, but for the two that mean the same", () => {
    const words = [...OUTCOMES].map((outcome) => sayOutcome(outcome).word);
    expect(new Set(words).size).toBe(words.length);
  });

  it("spell out an outcome this page does not know, and are not fooled by names of Object", () => {
    expect(sayOutcome("quiet_hours")).toEqual({ word: "Quiet hours", tone: "bad" });
    expect(sayOutcome("toString").word).toBe("ToString");
    expect(sayCode("")).toBe("Unknown");
  });

  it("have a word for every state on every channel, and name what is under way by its channel", () => {
    for (const status of ENGAGEMENT_STATUSES) {
      for (const channel of CHANNELS) expect(sayStatus(status, channel).word).toMatch(SPOKEN);
    }
    const underWay = CHANNELS.map((channel) => sayStatus("in_progress", channel).word);
    expect(new Set(underWay).size).toBe(CHANNELS.length);
    expect(sayStatus("in_progress", "phone").word).toBe("Call in progress");
  });

  it("agree with the state machine on which states are the end", () => {
    for (const status of ENGAGEMENT_STATUSES) expect(isOver(status)).toBe(isTerminal(status));
  });

  it("put the result first, then what holds it up, then the state", () => {
    const live = { status: "in_progress", channel: "phone", outcome: null } as const;
    expect(sayStanding(live).word).toBe("Call in progress");
    expect(sayStanding({ ...live, parked_reason: "Fate unknown" }).word).toBe("On hold");
    expect(sayStanding({ ...live, status: "completed", outcome: "voicemail" }).word).toBe("Left a voicemail");
    expect(sayStanding({ ...live, status: "failed", parked_reason: "x" }).word).toBe("Did not work");
    expect(sayStanding({ ...live, status: "completed", outcome: "no_answer" }).word).toBe("No answer");
  });
});

describe("the remedy of a refused start", () => {
  it("is never the admin's where the agent only has to choose otherwise, or wait, or let it be", () => {
    for (const reason of REFUSAL_REASONS) expect(["choose", "retry", "none"]).toContain(remedyFor(reason));
    for (const reason of ["opted_out", "do_not_call", "no_consent", "contact_cap", "outside_hours"])
      expect(remedyFor(reason)).toBe("none");
  });

  it("reloads the app when the session is over, and tries again when nobody answered", () => {
    expect(remedyFor("session_expired")).toBe("reload");
    expect(remedyFor("unreachable")).toBe("retry");
    expect(remedyFor("crm_unauthorized")).toBe("admin");
  });

  it("covers every code of the product, also one that is not known yet", () => {
    for (const code of [...Object.keys(ERROR_CODES), "brand_new"]) {
      expect(["retry", "reload", "admin", "choose", "none"]).toContain(remedyFor(code));
    }
  });
});

describe("what the console offers to do with an outreach", () => {
  it.each([
    ["in_progress", "none", ["pause", "cancel"]],
    ["paused", "none", ["resume", "cancel"]],
    ["completed", "written", []],
    ["completed", "dead", ["sync"]],
    ["queued", "waiting", ["pause", "sync", "cancel"]],
  ] as const)("%s with its activity %s: %j", (status, crm, actions) => {
    expect(allowedActions(status, crm)).toEqual([...actions]);
  });
});
