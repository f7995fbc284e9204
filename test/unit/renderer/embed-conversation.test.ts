// The single-contact page's conversation and hours: who may do what, one reply per press, and what waits for the morning.
import { describe, expect, it } from "vitest";
import { buttonLabel } from "../../../renderer/embed/button-label.ts";
import { contactsFor, hoursOf, whyClosed } from "../../../renderer/embed/choose-contact.ts";
import { createConverse } from "../../../renderer/embed/converse.ts";
import { readEngagement } from "../../../renderer/embed/read-engagement.ts";
import { answererChoices, sayAnswerer } from "../../../renderer/embed/view-answerer.ts";
import { offeredTime } from "../../../renderer/embed/view-hours.ts";
import { sayHeadline } from "../../../renderer/embed/view-live.ts";
import { sayPending } from "../../../renderer/embed/view-pending.ts";
import { readAnswer } from "../../../renderer/ui/read-answer.ts";
import type { EmbedModel } from "../../../shared/embed.schema.ts";
import { AUTOMATED, CHATTING, CLOSED, NEEDS_AGENT } from "../../e2e/embed-conversation-samples.ts";
import { LATE, OPENS_AT, READY, SCHEDULED, STARTED } from "../../e2e/embed-samples.ts";

const NOW = Date.now();
const MOBILE = "+14165550123";

describe("a contact whose hours have not begun", () => {
  it("can be chosen, with the time beside it, and the outreach waits for that time", () => {
    const [mobile, home] = contactsFor(LATE, "phone");
    expect([mobile?.usable, mobile?.note]).toEqual([true, "Not before 8:00 am tomorrow, their time"]);
    expect([home?.usable, home?.note]).toEqual([true, "Landline"]);
    expect(hoursOf(LATE, "phone", MOBILE, NOW)?.opens_at).toBe(OPENS_AT);
    expect(hoursOf(LATE, "phone", null, NOW)?.opens_at).toBe(OPENS_AT);
    expect(hoursOf(LATE, "phone", "+14165550188", NOW)).toBeNull();
    expect(hoursOf(LATE, "email", null, NOW)).toBeNull();
    expect(hoursOf(READY, "phone", MOBILE, NOW)).toBeNull();
  });

  it("can be reached without waiting once they have begun, and not at all where the channel is closed", () => {
    expect(hoursOf(LATE, "phone", MOBILE, Date.parse(OPENS_AT))).toBeNull();
    const blocked: EmbedModel = { ...LATE, blocked: { phone: "Asked not to be contacted" } };
    expect(whyClosed(blocked, "phone")).toBe("Asked not to be contacted");
    expect(hoursOf(blocked, "phone", MOBILE, NOW)).toBeNull();
  });

  it("keeps its channel open, also where the server leaves the channel out until then", () => {
    const contacts = (LATE.contacts ?? [])
      .slice(0, 1)
      .map((contact) => ({ ...contact, channels: [], note: "Belongs to Jo (relationship)" }));
    expect(whyClosed({ contacts }, "sms")).toBeNull();
    expect(contactsFor({ contacts }, "sms")[0]?.note).toBe(
      "Belongs to Jo (relationship) · Not before 8:00 am tomorrow, their time",
    );
    expect(whyClosed({ contacts }, "wmsg")).toBe("Belongs to Jo (relationship)");
  });

  it("is named on the button with the time instead of the number it goes out from", () => {
    const said = (...parts: Parameters<typeof buttonLabel>): string =>
      Object.values(buttonLabel(...parts)).join("");
    const opens = "8:00 am tomorrow, their time";
    expect(said("phone", "Nivia Jones", "+14165550111", opens)).toBe(`Call Nivia at ${opens}`);
    expect(said("wvoice", "Nivia Jones", "+14165550111", opens)).toBe(`Call Nivia on WhatsApp at ${opens}`);
    expect(said("sms", "Nivia Jones", "+14165550111")).toBe("Text Nivia from (416) 555-0111");
  });

  it("is offered by a refusal for hours only, and only where it names a time", async () => {
    const refused = async (code: string, details: unknown) => {
      const answer = await readAnswer(async () =>
        Response.json({ error: { code, message: "No.", details } }, { status: 422 }),
      );
      return "failure" in answer ? offeredTime(answer.failure) : "taken";
    };
    expect(await refused("outside_hours", { next_allowed_at: OPENS_AT })).toBe(OPENS_AT);
    expect(await refused("contact_cap", { next_allowed_at: OPENS_AT })).toBeNull();
    for (const details of [{}, { next_allowed_at: "soon" }, { next_allowed_at: 7 }, null, undefined])
      expect(await refused("outside_hours", details)).toBeNull();
  });
});

describe("the headline of an outreach", () => {
  it("is the time it waits for until that has come, or until something else holds it", () => {
    const words = /^Waiting until \d+:\d\d [ap]m.* \(your time\)$/;
    expect(sayHeadline(SCHEDULED, NOW)).toMatchObject({ word: expect.stringMatching(words), tone: "wait" });
    expect(sayHeadline(SCHEDULED, Date.parse(OPENS_AT)).word).toBe("Waiting for its turn");
    expect(sayHeadline({ ...SCHEDULED, parked_reason: "Fate unknown" }, NOW).word).toBe("On hold");
    expect(sayHeadline({ ...SCHEDULED, status: "canceled", outcome: "canceled" }, NOW).word).toBe("Canceled");
    expect(sayHeadline(STARTED, NOW).word).toBe("Call in progress");
  });
});

describe("who answers", () => {
  const choices = (engagement: Parameters<typeof answererChoices>[0]) =>
    Object.entries(answererChoices(engagement))
      .filter(([, offered]) => offered)
      .map(([name]) => name);

  it("can be changed as far as there is somebody to change to", () => {
    expect(choices(AUTOMATED)).toEqual(["takeOver", "end"]);
    expect(choices(NEEDS_AGENT)).toEqual(["handBack", "end"]);
    expect(choices(CHATTING)).toEqual(["end"]);
    expect(choices(CLOSED)).toEqual(["writeAgain"]);
    expect(choices({ ...CLOSED, outcome: "not_interested" })).toEqual([]);
    expect(choices(STARTED)).toEqual(["writeAgain"]);
  });

  it("is not ended where a message wanted no answer and got none", () => {
    const { conversation } = CHATTING;
    if (conversation === undefined) throw new Error("the sample has a conversation");
    const quiet = { ...CHATTING, conversation: { ...conversation, last_inbound_at: null } };
    expect(choices({ ...quiet, status: "completed", outcome: "delivered" })).toEqual([]);
    expect(choices({ ...CHATTING, status: "completed", outcome: "connected" })).toEqual(["end"]);
    expect(choices(quiet)).toEqual(["end"]);
  });

  it("is said in a sentence, with why it is over", () => {
    expect([AUTOMATED, CHATTING, CLOSED].map(sayAnswerer)).toEqual([
      "The assistant answers.",
      "You answer.",
      "The conversation is over. Nothing was said for 24 hours.",
    ]);
  });
});

describe("a reply", () => {
  type Reply = "drop" | readonly [status: number, body: unknown];
  const refusal = (code: string) => ({ error: { code, message: "No." } });
  const open = (replies: readonly Reply[], reading: unknown = NEEDS_AGENT) => {
    const rest = [...replies];
    const posted: { readonly path: string; readonly body: unknown }[] = [];
    let made = 0;
    const converse = createConverse("e/1", {
      post: async (path, body) => {
        posted.push({ path, body });
        const reply = rest.shift() ?? ([202, { message_id: "m-1", status: "accepted" }] as const);
        if (reply === "drop") throw new TypeError("Failed to fetch");
        return Response.json(reply[1], { status: reply[0] });
      },
      get: async () => Response.json(reading),
      newClickId: () => `click-${++made}`,
      sleep: async () => undefined,
    });
    return { converse, posted };
  };

  it("is one message however often it has to be sent, and shows at once", async () => {
    const { converse, posted } = open(["drop", "drop", "drop", [503, refusal("shutting_down")]]);
    expect(await converse.reply("Eleven works")).toMatchObject({ failure: { code: "unreachable" } });
    expect(await converse.reply("Eleven works")).toMatchObject({ failure: { code: "shutting_down" } });
    expect(await converse.reply("Eleven works")).toEqual({ value: NEEDS_AGENT });
    const same = { path: "e%2F1/messages", body: { text: "Eleven works", click_id: "click-1" } };
    expect(posted).toEqual(Array(5).fill(same));
    await converse.reply("Eleven works");
    expect(posted.at(-1)?.body).toEqual({ text: "Eleven works", click_id: "click-2" });
  });

  it("is a new message once it was refused or its text has changed", async () => {
    const { converse, posted } = open([[422, refusal("opted_out")], "drop", "drop", "drop"]);
    await converse.reply("One");
    await converse.reply("One");
    await converse.reply("Two");
    const ids = posted.map(({ body }) => (body as { click_id: string }).click_id);
    expect(ids).toEqual(["click-1", "click-2", "click-2", "click-2", "click-3"]);
  });

  it("counts as sent also where only the reading after it fails", async () => {
    expect(await open([], { odd: true }).converse.reply("One")).toEqual({ value: null });
  });

  it("lets somebody else answer, and what comes back is shown", async () => {
    const { converse, posted } = open([
      [200, AUTOMATED],
      [200, { odd: true }],
    ]);
    expect(await converse.answerBy("automated")).toEqual({ value: AUTOMATED });
    expect(await converse.answerBy("nobody")).toMatchObject({ failure: { code: "unreachable" } });
    expect(posted[0]).toEqual({ path: "e%2F1/conversation", body: { answers: "automated" } });
  });

  it.each([
    ["waiting", null, "Waiting to be sent"],
    ["sending", null, "Sending…"],
    ["failed", "The number is a landline.", "Not sent: The number is a landline."],
    ["refused", null, "Not sent"],
    ["unknown", null, "It is not known whether this was sent."],
    ["unknown", "No answer came.", "It is not known whether this was sent. No answer came."],
  ] as const)("%s (%s): %s", (state, error, words) => expect(sayPending({ state, error })).toBe(words));
});

describe("an engagement with a conversation", () => {
  it("is shown only when the conversation can be read as well", () => {
    expect(readEngagement(NEEDS_AGENT)).toBe(NEEDS_AGENT);
    for (const conversation of [null, {}, { ...NEEDS_AGENT.conversation, pending: [{ text: 3 }] }])
      expect(readEngagement({ ...STARTED, conversation })).toBeNull();
  });
});
