import { describe, expect, it } from "vitest";
import { sayPace, sayRetry, sayTime } from "../../../renderer/campaign/say-plan.ts";
import { sayStandingOf } from "../../../renderer/campaign/say-standing.ts";
import { allowedActions } from "../../../renderer/campaign/view-actions.ts";
import { sayHowFar } from "../../../renderer/campaign/view-campaigns.ts";
import { countPeople, sayRefused } from "../../../renderer/campaign/view-counts.ts";
import { isCampaignSettled, sayCampaign, startLabel } from "../../../renderer/ui/campaign-words.ts";
import { sayNumber, sayPeople, sayPercent } from "../../../renderer/ui/say-count.ts";
import { sayEta } from "../../../renderer/ui/say-eta.ts";
import { sayCode, sayOutcome } from "../../../renderer/ui/wording.ts";
import { CAMPAIGN_CHANNELS, CAMPAIGN_STATUSES, SKIP_REASONS } from "../../../shared/campaign.schema.ts";
import { DONE, PAUSED, RUNNING, STOPPED, WRITING } from "../../e2e/campaign-samples.ts";

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
    expect(sayStandingOf(PAUSED)).toBe(
      "3,120 of 7,815 done. Nobody new is contacted. 2 under way will still be finished.",
    );
    expect(sayStandingOf(STOPPED)).toBe(
      "3,120 of 7,815 done. 140 records are not written to Follow Up Boss yet.",
    );
    expect(sayStandingOf(WRITING)).toBe(
      "Everybody is done. 40 records are still being written to Follow Up Boss, less than a minute left.",
    );
    expect(sayStandingOf(DONE)).toBe("7,815 of 7,815 done");
    expect(sayStandingOf({ ...RUNNING, status: "queueing", queued_calls: 300, done: 2 })).toContain(
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
