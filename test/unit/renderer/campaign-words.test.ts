import { describe, expect, it } from "vitest";
import { sayReviewedHours, sayWaiting } from "../../../renderer/campaign/say-hours.ts";
import { sayPace, sayRetry, sayTime } from "../../../renderer/campaign/say-plan.ts";
import { sayStandingOf } from "../../../renderer/campaign/say-standing.ts";
import { allowedActions } from "../../../renderer/campaign/view-actions.ts";
import { sayHowFar } from "../../../renderer/campaign/view-campaigns.ts";
import { countPeople, sayRefused } from "../../../renderer/campaign/view-counts.ts";
import {
  isCampaignSettled,
  sayCampaign,
  startLabel,
  waitsForHours,
} from "../../../renderer/ui/campaign-words.ts";
import { sayNumber, sayPeople, sayPercent } from "../../../renderer/ui/say-count.ts";
import { sayEta } from "../../../renderer/ui/say-eta.ts";
import { sayMoment } from "../../../renderer/ui/say-moment.ts";
import { sayCode, sayOutcome } from "../../../renderer/ui/wording.ts";
import { CAMPAIGN_CHANNELS, CAMPAIGN_STATUSES, SKIP_REASONS } from "../../../shared/campaign.schema.ts";
import {
  CHECKED,
  DONE,
  LATE,
  NIGHT,
  OPENS_AT,
  PAUSED,
  RUNNING,
  SOME_WAIT,
  STOPPED,
  WRITING,
} from "../../e2e/campaign-samples.ts";

const NOW = Date.now();

describe("numbers and times", () => {
  it("are said as people read them", () => {
    expect(sayNumber(10_000)).toBe("10,000");
    expect([sayPeople(0), sayPeople(1), sayPeople(1240)]).toEqual(["0 people", "1 person", "1,240 people"]);
  });

  it("never make a small part look like nothing, nor a large one like all", () => {
    expect(sayPercent(0, 10)).toBe("0%");
    expect(sayPercent(1, 10_000)).toBe("<1%");
    expect(sayPercent(9999, 10_000)).toBe(">99%");
    expect(sayPercent(10, 10)).toBe("100%");
    expect(sayPercent(7, 0)).toBe("0%");
    expect(sayPercent(610, 10_000)).toBe("6%");
  });

  it.each([
    [0, null],
    [-3, null],
    [Number.NaN, null],
    [20, "less than a minute"],
    [60, "about 1 minute"],
    [1020, "about 17 minutes"],
    [3540, "about 59 minutes"],
    [3590, "about 1 hour"],
    [4720, "about 1 hour 20 minutes"],
    [7900, "about 2 hours 10 minutes"],
    [86_400, "about 24 hours"],
    [260_000, "about 3 days"],
  ])("%d s are %s", (seconds, words) => expect(sayEta(seconds)).toBe(words));
});

describe("the plan in words", () => {
  it("names Follow Up Boss's limit only where it is most of the time", () => {
    expect(sayTime({ channel: "sms" }, 1000, 1020)).toBe(
      "About 17 minutes, most of it because Follow Up Boss takes 1 note a second.",
    );
    expect(sayTime({ channel: "sms" }, 100, 1020)).toBe("About 17 minutes.");
    expect(sayTime({ channel: "phone" }, 1000, 1020)).toBe("About 17 minutes.");
    expect(sayTime({ channel: "email" }, 30, 31)).toBe("Less than a minute.");
    expect(sayTime({ channel: "email" }, 30, 0)).toBeNull();
  });

  it("names the chosen pace where that is what it waits for, and that further tries take longer", () => {
    const retry = { outcomes: ["busy" as const], times: 1, after_minutes: 60 };
    expect(sayTime({ channel: "phone", pace: { per_minute: 10 }, retry }, 170, 1020)).toBe(
      "About 17 minutes, at the pace you chose. Further tries come on top.",
    );
    expect(sayTime({ channel: "sms", pace: { per_minute: 600 } }, 1000, 1020)).toContain("1 note a second");
  });

  it("says pace and tries in one sentence each", () => {
    expect(sayPace({ at_once: 5, per_minute: 1000 })).toBe("At most 5 at once, 1,000 a minute.");
    expect(sayPace({})).toBeNull();
    const hours = { from: "09:00", to: "18:00", timezone: "America/New_York" };
    expect(sayRetry({ outcomes: ["no_answer", "busy"], times: 2, after_minutes: 30, hours })).toBe(
      "Tried again up to 2 times after 30 minutes: No answer, The line was busy. Only from 09:00 to 18:00 (America/New York).",
    );
    const waits = [1, 60, 120, 1440, 2880].map((after_minutes) =>
      sayRetry({ outcomes: ["failed"], times: 1, after_minutes }),
    );
    expect(waits.map((words) => /after (.*?):/.exec(words)?.[1])).toEqual([
      "a minute",
      "an hour",
      "2 hours",
      "a day",
      "2 days",
    ]);
  });
});

describe("a campaign's standing", () => {
  it("has a word of its own for every state, and names what is done by its channel", () => {
    const words = CAMPAIGN_STATUSES.map((status) => sayCampaign({ ...RUNNING, status }).word);
    expect(new Set(words).size).toBe(CAMPAIGN_STATUSES.length - 1);
    expect(CAMPAIGN_CHANNELS.map((channel) => sayCampaign({ ...RUNNING, channel }).word)).toEqual([
      "Calling people",
      "Texting people",
      "E-mailing people",
    ]);
    expect(sayCampaign({ ...RUNNING, channel: null }).word).toBe("Reaching people");
    expect(sayCampaign(WRITING)).toEqual({ word: "Finishing", tone: "run" });
    expect(sayCampaign(STOPPED)).toEqual({ word: "Stopped", tone: "bad" });
  });

  it("says how far and how long, and no time where nothing moves", () => {
    expect(sayHowFar(RUNNING)).toBe("3,120 of 7,815 done · about 1 hour 20 minutes left");
    expect(sayStandingOf(PAUSED, NOW)).toBe(
      "3,120 of 7,815 done. Nobody new is contacted. 2 under way will still be finished.",
    );
    expect(sayStandingOf(STOPPED, NOW)).toBe(
      "3,120 of 7,815 done. 140 records are not written to Follow Up Boss yet.",
    );
    expect(sayStandingOf(WRITING, NOW)).toBe(
      "Everybody is done. 40 records are still being written to Follow Up Boss, less than a minute left.",
    );
    expect(sayStandingOf(DONE, NOW)).toBe("7,815 of 7,815 done");
    expect(sayStandingOf({ ...RUNNING, status: "queueing", queued_calls: 300, done: 2 }, NOW)).toContain(
      "Putting people in line: 300 of 7,815.",
    );
  });

  it("is settled only when conversations are over and records written", () => {
    expect(isCampaignSettled(DONE)).toBe(true);
    expect(isCampaignSettled({ ...DONE, records_waiting: 1 })).toBe(false);
    expect(isCampaignSettled({ ...DONE, status: "canceled", active: 1 })).toBe(false);
    expect(isCampaignSettled({ ...DONE, status: "paused" })).toBe(false);
  });

  it("counts everybody in line exactly once", () => {
    const counts = Object.fromEntries(countPeople(RUNNING));
    expect(counts).toEqual({
      Done: 3120,
      "Active now": 12,
      Waiting: 4667,
      "To try again": 16,
      "Left out": 2185,
    });
    expect(sayRefused({ cool_down: 1, landline: 0 })).toBe(
      "1 person was refused after the review: Contacted a moment ago already (1).",
    );
    expect(sayRefused({})).toBeNull();
  });

  it("allows what the state allows", () => {
    expect(allowedActions(RUNNING)).toEqual({ pause: true, resume: false, cancel: true });
    expect(allowedActions(PAUSED)).toEqual({ pause: false, resume: true, cancel: true });
    expect(allowedActions(STOPPED)).toEqual({ pause: false, resume: true, cancel: true });
    expect(allowedActions({ ...STOPPED, can_resume: false })).toEqual({
      pause: false,
      resume: false,
      cancel: false,
    });
    expect(allowedActions(DONE)).toEqual({ pause: false, resume: false, cancel: false });
  });

  it("labels the start by what it does", () => {
    expect(CAMPAIGN_CHANNELS.map((channel) => startLabel(channel, 812))).toEqual([
      "Call 812 people",
      "Text 812 people",
      "E-mail 812 people",
    ]);
    expect(startLabel("phone", 1)).toBe("Call 1 person");
  });

  it.each([...SKIP_REASONS])("has its own sentence for the reason %s", (reason) => {
    expect(sayOutcome(reason).word).not.toBe(sayCode(reason));
  });
});

describe("people who wait for the hours where they are", () => {
  const opens = `${sayMoment(Date.parse(OPENS_AT), NOW)} (your time)`;
  /** Tomorrow, by the clock of whoever runs this. */
  const tomorrowAt = (hour: number): string => {
    const at = new Date(NOW);
    at.setHours(24 + hour, 0, 0, 0);
    return at.toISOString();
  };

  it("are said in the review, with when the first may be reached", () => {
    expect(sayReviewedHours("phone", LATE, NOW)).toBe(
      `34 of them wait until their calling hours begin, the first at ${opens}.`,
    );
    const one = { ...LATE, waiting_hours: 1 };
    expect(sayReviewedHours("sms", one, NOW)).toBe(
      `1 of them waits until their contact hours begin, at ${opens}.`,
    );
    const all = { ...LATE, will_queue: 34 };
    expect(sayReviewedHours("phone", all, NOW)).toMatch(/^All of them wait until/);
    expect(sayReviewedHours("phone", { ...one, will_queue: 1 }, NOW)).toMatch(/^This person waits until/);
    expect(sayReviewedHours("phone", { ...LATE, opens_at: null }, NOW)).toBe(
      "34 of them wait until their calling hours begin.",
    );
    expect(sayReviewedHours("phone", CHECKED, NOW)).toBeNull();
  });

  it("are a line beside the others while some are reached, and the whole standing when nobody else is left", () => {
    expect(sayStandingOf(SOME_WAIT, NOW)).toBe(
      `3,120 of 7,815 done · about 1 hour 20 minutes left. 34 people wait for their hours, the first until ${opens}.`,
    );
    expect(sayCampaign(SOME_WAIT)).toEqual({ word: "Texting people", tone: "run" });
    expect(sayStandingOf(NIGHT, NOW)).toBe(
      `7,765 of 7,815 done. 34 people wait for their hours; it goes on by itself at ${opens}.`,
    );
    expect(sayCampaign({ ...NIGHT, opens_at: tomorrowAt(8) })).toEqual({
      word: "Paused for the night",
      tone: "wait",
    });
    expect(sayCampaign({ ...NIGHT, opens_at: tomorrowAt(12) }).word).toBe("Paused until their hours begin");
  });

  it.each([
    ["somebody is being reached", { active: 1 }, false],
    ["somebody else is still in line", { done: 7700 }, false],
    ["more are still being put in line", { will_queue: 9000, status: "queueing" }, false],
    ["the rest are only tried again later", { waiting_hours: 0 }, false],
    ["it was paused by hand", { status: "paused" }, false],
    ["all were put in line, and all of them wait", { status: "queueing" }, true],
  ] as const)("%s", (_when, change, waits) => {
    expect(waitsForHours({ ...NIGHT, ...change })).toBe(waits);
  });

  it("say nothing of themselves once it is over or paused by hand", () => {
    for (const status of ["paused", "completed", "canceled", "failed"] as const)
      expect(sayWaiting({ ...NIGHT, status }, false, NOW)).toBe("");
  });
});
