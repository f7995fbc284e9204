// The model in trouble, through the whole gateway: whatever it does, the contact gets a word, an agent is told why, and nothing
// is said twice. And what one conversation may take of it.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { LlmBehaviour } from "../../server/sandbox/llm/create-llm-world.ts";
import { homeOf } from "../helpers/ask-console.ts";
import { ANNOUNCEMENT, HOLDING, openAutomatedChat, untilAsked } from "../helpers/automated-chat.ts";
import {
  conversationOf,
  LLM_KEY,
  readMailNow,
  startTalkWorld,
  type TalkWorld,
  untilConversation,
  untilMail,
} from "../helpers/connect-talk.ts";
import { waitFor } from "../helpers/embed-client.ts";
import {
  journalOf,
  readOutreach,
  startOutreach,
  untilOutreach,
  untilOver,
} from "../helpers/talk-to-gateway.ts";

let world: TalkWorld;
beforeAll(async () => {
  world = await startTalkWorld({ tenant: () => ({ automated_channels: ["chat", "email"] }) });
});
afterEach(() => {
  world.llm.behaviour = {};
});
afterAll(() => world.close());

const apply = (tenant: Record<string, unknown>) =>
  world.gateway.apply({ tenants: [{ domain_name: "fub-test", ...tenant }] });
const handedOver = (id: string) =>
  untilConversation(world, id, "left to an agent", ({ answers }) => answers === "agent");

describe("a model", () => {
  test.each<[string, LlmBehaviour, RegExp]>([
    ["is down", { down: true }, /is having trouble/],
    ["asks to slow down", { rateLimited: 1 }, /asked the gateway to slow down/],
    ["gives no answer", { hang: true }, /did not answer within \d+ seconds/],
    [
      "sends bytes that are none",
      { garbage: true },
      /cannot be used|could not be read|answered with something/,
    ],
    ["talks in prose", { notJson: true }, /cannot be used/],
    ["calls tools nobody offered", { toolCalls: true }, /cannot be used|no answer|gave no/],
    ["writes a book", { huge: 100_000 }, /far too long|cannot be used/],
    ["has no credit left", { refuses: 402 }, /no credit left/],
    ["leads elsewhere", { redirects: "http://127.0.0.1:9/v1" }, /leads on to another address/],
  ])("that %s: the contact gets a word, the agent the reason", async (_what, behaviour, why) => {
    const chat = await openAutomatedChat(world);
    world.llm.behaviour = behaviour;
    await chat.say("Is it near a school?");
    expect(await chat.untilWords(2)).toEqual([
      ["contact", "Is it near a school?"],
      ["machine", `${ANNOUNCEMENT} ${HOLDING}`],
    ]);
    expect((await handedOver(chat.id)).needs_agent).toMatch(why);
    expect((await homeOf(world)).needs_you.map(({ id }) => id)).toContain(`talk/${chat.id}`);
    expect(await journalOf(world, `event=conversation.handed_over&search=${chat.id}`)).toHaveLength(1);
  });

  test("that is not there any more, or does not know our key: said so, without the key", async () => {
    const chat = await openAutomatedChat(world);
    world.llm.models = ["another-model"];
    await chat.say("Is it near a school?");
    expect((await handedOver(chat.id)).needs_agent).toContain(
      "has no language model called “practice-model”",
    );
    world.llm.models = ["practice-model"];
    world.llm.apiKey = "another key";
    const other = await openAutomatedChat(world);
    await other.say("Is it near a school?");
    expect((await handedOver(other.id)).needs_agent).toContain("did not accept the brokerage's key");
    world.llm.apiKey = LLM_KEY;
    expect(world.logLines.join("\n")).not.toContain(LLM_KEY);
  });

  test("that is down for a moment is asked again, and what the contact adds meanwhile is answered with it", async () => {
    const chat = await openAutomatedChat(world);
    world.llm.behaviour = { down: true };
    const before = world.llm.requests.length;
    await chat.say("Is it near a school?");
    await untilAsked(world, before);
    world.llm.behaviour = {};
    await chat.say("And near a park?");
    const words = await chat.untilWords(3);
    expect(words.map(([from]) => from)).toEqual(["contact", "contact", "machine"]);
    expect(words.at(-1)?.[1]).toContain("Would Friday at 10 am suit you");
    expect(await conversationOf(world, chat.id)).toMatchObject({ answers: "automated", needs_agent: null });
  });
});

describe("one conversation", () => {
  test("takes no more turns than it may", async () => {
    await apply({ llm_max_turns: 2 });
    const chat = await openAutomatedChat(world);
    for (const [index, text] of ["Is it near a school?", "And a park?", "And a bus?"].entries()) {
      await chat.say(text);
      await chat.untilWords(2 * (index + 1));
    }
    expect((await chat.words()).at(-1)).toEqual(["machine", HOLDING]);
    expect((await handedOver(chat.id)).needs_agent).toMatch(/answered 2 times, which is the most/);
    await apply({ llm_max_turns: 12 });
  });

  test("is answered for no longer than it may", async () => {
    await apply({ llm_max_minutes: 30 });
    const chat = await openAutomatedChat(world);
    world.clock.shift(31 * 60_000);
    const before = world.llm.requests.length;
    await chat.say("Is it near a school?");
    expect((await chat.untilWords(2)).at(-1)).toEqual(["machine", `${ANNOUNCEMENT} ${HOLDING}`]);
    expect((await handedOver(chat.id)).needs_agent).toMatch(/older than the 30 minutes/);
    expect(world.llm.requests).toHaveLength(before);
    await apply({ llm_max_minutes: 1_440 });
  });

  test("costs no more than it may", async () => {
    // Some 700 tokens in and at most 1150 out are 0.019 dollars; what was really answered is 0.008.
    await apply({ llm_max_cost: 0.022, llm_price_in: 10, llm_price_out: 10 });
    const chat = await openAutomatedChat(world);
    await chat.say("Is it near a school?");
    await chat.untilWords(2);
    await chat.say("And a park?");
    expect((await chat.untilWords(4)).at(-1)).toEqual(["machine", HOLDING]);
    expect((await handedOver(chat.id)).needs_agent).toContain(
      "has cost as much as it may in one conversation",
    );
    await apply({ llm_max_cost: 0.5, llm_price_in: 0, llm_price_out: 0 });
  });
});

test("a conversation that falls silent is summed up by the model, or counted where the model is down", async () => {
  const talk = async (afterwards: LlmBehaviour) => {
    const chat = await openAutomatedChat(world);
    await chat.say("Is it near a school?");
    await chat.untilWords(2);
    world.llm.behaviour = afterwards;
    world.clock.shift(25 * 3_600_000);
    return chat.id;
  };
  expect(await untilOver(world, await talk({}))).toMatchObject({
    outcome: "connected",
    summary: "The contact wrote 1 times and ended with: Is it near a school?",
  });
  await waitFor("the summary on the person", () =>
    world.sandbox.fub
      .account("fub-test")
      .notes.find(
        ({ subject, body }) => subject === "Chat (summary)" && body.includes("wrote 1 times and ended"),
      ),
  );
  expect(await untilOver(world, await talk({ down: true }))).toMatchObject({
    outcome: "connected",
    summary: "Casey wrote 1 message: “Is it near a school?”",
  });
});

test("who writes while the model sums up goes on talking", async () => {
  const chat = await openAutomatedChat(world);
  await chat.say("Has it a unicorn garden?");
  await chat.untilWords(2);
  world.llm.behaviour = { slow: 500 };
  world.clock.shift(25 * 3_600_000);
  await waitFor("the summary to be asked for", () =>
    world.llm.requests.find(
      ({ body, status }) => status === null && JSON.stringify(body).includes("unicorn"),
    ),
  );
  await chat.say("I am still here");
  expect((await chat.untilWords(4)).at(-1)?.[0]).toBe("machine");
  expect(await readOutreach(world, chat.id)).toMatchObject({ status: "in_progress" });
  expect(await conversationOf(world, chat.id)).toMatchObject({ can_reply: true, closed: null });
});

test("by e-mail the model answers in the thread, as a machine, and once", async () => {
  const id = await startOutreach(world, {
    ...{
      email_address: "sam@people.example",
      channel: "email",
      type: "informational",
      external_user_id: "u1",
    },
    instruction: "12 Maple Street is for sale.",
  });
  await untilOver(world, id);
  const first = await untilMail(world, "sam@people.example");
  await world.mail.reply(first, "How many rooms has it?");
  await readMailNow(world);
  const answer = await untilMail(world, "sam@people.example", ({ mail }) => mail.inReplyTo !== undefined);
  expect(answer.violations).toEqual([]);
  expect(answer.mail.text).toContain("What matters most to you in a home?");
  expect(answer.mail.text).toContain("This is the automated assistant of Ann One");
  expect(answer.mail.headers).toContainEqual(
    expect.objectContaining({ key: "auto-submitted", value: "auto-generated" }),
  );
  await untilOutreach(world, id, "answered", ({ transcript }) => transcript.length === 3);
  expect(await readOutreach(world, id)).toMatchObject({ outcome: "connected" });
  expect(world.mail.received).toHaveLength(2);
});
