// The language model in a chat, through the whole gateway: it says what it is, follows the agent's instruction, leaves to a
// person what is a person's, and learns nothing but this conversation.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Conversation } from "../../shared/conversation.schema.ts";
import { homeOf } from "../helpers/ask-console.ts";
import {
  ANNOUNCEMENT,
  HOLDING,
  lastQuestion,
  openAutomatedChat,
  toldModel,
  untilAsked,
} from "../helpers/automated-chat.ts";
import {
  conversationOf,
  LLM_KEY,
  startTalkWorld,
  type TalkWorld,
  untilConversation,
} from "../helpers/connect-talk.ts";
import { openSigned, readOn, startOn, waitFor } from "../helpers/embed-client.ts";
import { admin, journalOf, readOutreach, untilOutreach } from "../helpers/talk-to-gateway.ts";

let world: TalkWorld;
beforeAll(async () => {
  world = await startTalkWorld({ tenant: () => ({ automated_channels: ["chat"] }) });
});
afterEach(() => {
  world.llm.behaviour = {};
  expect(world.llm.violations).toEqual([]);
});
afterAll(() => world.close());

const notes = () => world.sandbox.fub.account("fub-test").notes;
const takeOver = (id: string, answers: string) =>
  admin<Conversation>(world, "POST", `/engagements/${id}/conversation`, { answers });

describe("an automated conversation", () => {
  test("is announced once, follows the instruction, and ends with outcome and summary on the person", async () => {
    const chat = await openAutomatedChat(world);
    await chat.say("Yes, I would like to see it. Call 416-555-0199 or write to me@home.example");
    expect(await chat.untilWords(2)).toEqual([
      ["contact", expect.anything()],
      ["machine", `${ANNOUNCEMENT} Would Friday at 10 am suit you for a viewing?`],
    ]);
    expect(lastQuestion(world)).toBe(
      "Yes, I would like to see it. Call (a number) or write to (an e-mail address)",
    );
    expect(toldModel(world)).toContain("Find a day for a viewing of 12 Maple Street.");
    await chat.say("Friday at 10 am is good");
    expect((await chat.untilWords(4)).at(-1)).toEqual([
      "machine",
      "Friday at 10 am it is. You will get a confirmation.",
    ]);
    expect(await untilOutreach(world, chat.id, "over", ({ status }) => status === "completed")).toMatchObject(
      {
        outcome: "connected",
        summary: "A viewing on Friday at 10 am was agreed; the agent confirms it.",
      },
    );
    const summary = await waitFor("the summary", () =>
      notes().find(({ subject }) => subject === "Chat (summary)"),
    );
    expect(summary.body).toContain("A viewing on Friday at 10 am was agreed; the agent confirms it.");
    expect(summary.body).toContain("Outcome: Interested.");
    expect(await conversationOf(world, chat.id)).toMatchObject({ answers: "nobody", needs_agent: null });
  });

  test("that is declined ends as not interested", async () => {
    const chat = await openAutomatedChat(world);
    await chat.say("No thank you, not interested");
    expect((await chat.untilWords(2)).at(-1)?.[1]).toBe(
      `${ANNOUNCEMENT} Understood. Thank you for your time.`,
    );
    expect(await untilOutreach(world, chat.id, "over", ({ status }) => status === "completed")).toMatchObject(
      {
        outcome: "not_interested",
        summary: "The contact is not interested.",
      },
    );
  });

  test("is a person's once a person is asked for, and the machine's again when it is handed back", async () => {
    const account = world.sandbox.fub.account("fub-test");
    const { model } = await openSigned(world.url, { account, userId: 2, personId: 107 });
    const asked = { channel: "chat", call_type: "appointment_booking" };
    const id = (await startOn(world.url, model.session, asked)).body.engagement_id ?? "";
    const chat = await openAutomatedChat(world, { id });
    await chat.say("I want to talk to a human");
    expect(await chat.untilWords(2)).toEqual([
      ["contact", "I want to talk to a human"],
      ["machine", `${ANNOUNCEMENT} ${HOLDING}`],
    ]);
    const why = "The contact asked to talk to a person.";
    expect(await conversationOf(world, chat.id)).toMatchObject({ answers: "agent", needs_agent: why });
    expect(await journalOf(world, `event=conversation.handed_over&search=${chat.id}`)).toHaveLength(1);
    expect((await homeOf(world)).needs_you).toContainEqual(
      expect.objectContaining({ id: `talk/${chat.id}`, sentence: expect.stringContaining(why) }),
    );
    expect((await readOutreach(world, chat.id)).history).toContainEqual(
      expect.objectContaining({ event: "needs_agent", detail: why }),
    );

    const before = world.llm.requests.length;
    await chat.say("Are you there? When can I see it?");
    await untilConversation(world, chat.id, "waiting", ({ needs_agent }) => needs_agent !== why);
    expect(world.llm.requests).toHaveLength(before);
    expect((await takeOver(chat.id, "automated")).body).toMatchObject({
      answers: "automated",
      needs_agent: null,
    });
    expect((await chat.untilWords(4)).at(-1)).toEqual([
      "machine",
      "Would Friday at 10 am suit you for a viewing?",
    ]);
    expect((await takeOver(chat.id, "automated")).status).toBe(200);
    await readOn(world.url, model.session, id);
    expect(world.llm.requests).toHaveLength(before + 1);
  });
});

describe("while the model thinks", () => {
  test("what the contact adds gets one answer together with what came before", async () => {
    const chat = await openAutomatedChat(world);
    world.llm.behaviour = { slow: 400 };
    const before = world.llm.requests.length;
    await chat.say("Is it near a school?");
    await untilAsked(world, before);
    await chat.say("And has it a garden?");
    await untilAsked(world, before + 1);
    const words = await chat.untilWords(3);
    expect(words.map(([from]) => from)).toEqual(["contact", "contact", "machine"]);
    expect(lastQuestion(world)).toBe("Is it near a school? And has it a garden?");
    await chat.say("Hello?");
    expect((await chat.untilWords(5)).map(([from]) => from)).toEqual([
      "contact",
      "contact",
      "machine",
      "contact",
      "machine",
    ]);
    expect(world.llm.requests).toHaveLength(before + 3);
  });

  test("a word that needs no answer does not cost the one before its own", async () => {
    const chat = await openAutomatedChat(world);
    world.llm.behaviour = { slow: 400 };
    const before = world.llm.requests.length;
    await chat.say("Is it near a school?");
    await untilAsked(world, before);
    await chat.say("HELP");
    const words = await chat.untilWords(4);
    await chat.say("Is it near a park?");
    await chat.say("Help");
    await chat.untilWords(8);
    expect(lastQuestion(world)).toContain("near a park");
    expect(await conversationOf(world, chat.id)).toMatchObject({ answers: "automated", needs_agent: null });
    expect(words.filter(([from]) => from === "machine").map(([, text]) => text)).toEqual([
      expect.stringContaining("This is Maple Street Realty."),
      expect.stringContaining("Would Friday at 10 am suit you"),
    ]);
  });

  test.each([
    ["takes over", (id: string) => takeOver(id, "agent")],
    [
      "writes",
      (id: string) =>
        admin(world, "POST", `/engagements/${id}/messages`, { text: "Ann here.", click_id: "click-0001" }),
    ],
    ["ends it", (id: string) => takeOver(id, "nobody")],
  ])("an agent %s, and the machine says nothing any more", async (_what, act) => {
    const chat = await openAutomatedChat(world);
    world.llm.behaviour = { slow: 400 };
    const before = world.llm.requests.length;
    await chat.say("Is it near a school?");
    await untilAsked(world, before);
    expect((await act(chat.id)).status).toBeLessThan(300);
    await waitFor("the model's answer", () => (world.llm.requests.at(-1)?.status === 200 ? true : undefined));
    await untilJobsDone();
    expect((await chat.words()).filter(([from]) => from === "machine")).toEqual([]);
    expect((await conversationOf(world, chat.id))?.pending).toEqual([]);
  });

  test("the contact opts out, and hears only that it was understood", async () => {
    const chat = await openAutomatedChat(world);
    world.llm.behaviour = { slow: 400 };
    const before = world.llm.requests.length;
    await chat.say("Is it near a school?");
    await untilAsked(world, before);
    await chat.say("STOP");
    await waitFor("the model's answer", () => (world.llm.requests.at(-1)?.status === 200 ? true : undefined));
    await untilJobsDone();
    expect(await chat.words()).toEqual([
      ["contact", "Is it near a school?"],
      ["contact", "STOP"],
      ["machine", "You will not be contacted by Maple Street Realty any more."],
    ]);
    expect(await readOutreach(world, chat.id)).toMatchObject({
      status: "completed",
      outcome: "not_interested",
    });
    expect(await conversationOf(world, chat.id)).toMatchObject({ answers: "nobody", needs_agent: null });
  });
});

/** A moment in which nothing runs: an answer that was dropped is seen not to come. */
async function untilJobsDone(): Promise<void> {
  let quiet = 0;
  await waitFor("nothing to run", async () => {
    const { queue } = await homeOf(world);
    quiet = queue.running === 0 ? quiet + 1 : 0;
    return quiet > 3 ? true : undefined;
  });
}

test("the model never hears of anything but its own conversation", async () => {
  const told = toldModel(world);
  expect(told).not.toMatch(
    /eng_|\/chat\/|gateway\.example|\+?1?647.?555|416.?555|home\.example|u1|fub-test|avt_|fka_/,
  );
  expect(told).not.toContain(LLM_KEY);
});
