// The console's doors to channels and conversations: who carries each, whether they really would, agents' caller IDs, what is
// said. Good and bad questions, nobody without the session, and never a secret in an answer.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  callerIdsSchema,
  channelsViewSchema,
  conversationListSchema,
  testedSchema,
  verifyingSchema,
} from "../../shared/console/channels.schema.ts";
import { conversationSchema } from "../../shared/conversation.schema.ts";
import { badQuestions } from "../helpers/bad-console-questions.ts";
import { LLM_KEY, MAIL_PASSWORD, practiceMail, practiceModel } from "../helpers/connect-talk.ts";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { admin, journalOf, startOutreach, untilOver } from "../helpers/talk-to-gateway.ts";

const BEN_PHONE = "+14165550122";
let world: TwilioTestWorld;
/** Everything the console was answered. */
const answered: string[] = [];
/** An outreach one may write to, one in a call, and what is none. */
const ids = { text: "", call: "", none: "eng_nothing" };

beforeAll(async () => {
  world = await startTwilioWorld();
  const ports = await world.sandbox.mail.open();
  world.sandbox.llm.apiKey = LLM_KEY;
  await world.gateway.apply({
    tenants: [
      {
        domain_name: "fub-test",
        channels: { phone: "simulator", chat: "chat", email: "smtp" },
        ...practiceMail(ports),
        ...practiceModel(world.sandboxUrl),
        automated_channels: ["chat"],
        users: [{ id: "u3", name: "Cleo Three" }],
      },
    ],
  });
  world.sandbox.twilio.setPersona("+14165550132", { replies: [] });
  const start = (channel: string, phone: string) =>
    startOutreach(world, { phone_number: phone, channel, type: "conversational", external_user_id: "u1" });
  [ids.text, ids.call] = [await start("sms", "+14165550132"), await start("phone", "+14165550133")];
  await untilOver(world, ids.call);
});
afterAll(() => world.close());

async function ask(method: "GET" | "POST", path: string, body?: unknown) {
  const answer = await admin<{ error?: { code: string; message: string } }>(world, method, path, body);
  answered.push(JSON.stringify(answer.body));
  return answer;
}

describe("good questions", () => {
  test("tell who carries each channel and whether that is set up", async () => {
    const view = channelsViewSchema.parse((await ask("GET", "/channels?tenant=fub-test")).body);
    expect(Object.fromEntries(view.channels.map(({ channel, provider }) => [channel, provider]))).toEqual({
      ...{ phone: "simulator", sms: "twilio", wmsg: "twilio", wvoice: "twilio", chat: "chat", email: "smtp" },
    });
    expect(view.channels.find(({ channel }) => channel === "sms")?.findings).toMatchObject([{ state: "ok" }]);
    expect(view.inbound_url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/integration\/channels\/twilio\//);
    const read = await waitFor("the mailbox to be read", async () => {
      const { mailbox } = channelsViewSchema.parse((await ask("GET", "/channels?tenant=fub-test")).body);
      return mailbox?.checked_at == null ? undefined : mailbox;
    });
    expect(read.error).toBeNull();
    const solo = channelsViewSchema.parse((await ask("GET", "/channels?tenant=fub-solo")).body);
    expect(solo.channels.every(({ provider }) => provider === "simulator")).toBe(true);
    expect(solo.mailbox).toBeNull();
  });

  test("ask Twilio, the mail servers and the model, and say what they said", async () => {
    for (const name of ["twilio", "mail", "model"]) {
      const tested = testedSchema.parse(
        (await ask("POST", `/channels/${name}/test`, { tenant: "fub-test" })).body,
      );
      expect([name, tested.ok, tested.findings.length > 0]).toEqual([name, true, true]);
      const solo = testedSchema.parse(
        (await ask("POST", `/channels/${name}/test`, { tenant: "fub-solo" })).body,
      );
      expect([name, solo.ok]).toEqual([name, false]);
      expect(solo.findings[0]?.sentence).toMatch(/\S/);
    }
    await world.gateway.apply({ tenants: [{ domain_name: "fub-test", twilio_auth_token: "f".repeat(32) }] });
    const wrong = testedSchema.parse(
      (await ask("POST", "/channels/twilio/test", { tenant: "fub-test" })).body,
    );
    expect(wrong).toMatchObject({ ok: false, findings: [{ state: "bad" }] });
    await world.gateway.apply({
      tenants: [{ domain_name: "fub-test", twilio_auth_token: world.account.authToken }],
    });
  });

  test("have an agent's phone verified: Twilio calls it, whoever answers keys in the code, contacts may see it", async () => {
    const before = callerIdsSchema.parse(
      (await ask("GET", "/channels/twilio/caller-ids?tenant=fub-test")).body,
    );
    expect(before.agents.map(({ user_id, number, verified }) => [user_id, number, verified])).toEqual([
      ["u1", "+14165550111", true],
      ["u2", BEN_PHONE, false],
      ["u3", null, false],
    ]);
    const asked = { tenant: "fub-test", user_id: "u2" };
    const started = verifyingSchema.parse((await ask("POST", "/channels/twilio/caller-ids", asked)).body);
    expect(started).toMatchObject({ number: BEN_PHONE, code: expect.stringMatching(/^\d{6}$/) });
    expect(started.sentence).toContain("(416) 555-0122");
    await waitFor("it to be verified", async () => {
      const { body } = await ask("GET", "/channels/twilio/caller-ids?tenant=fub-test");
      return callerIdsSchema.parse(body).agents[1]?.verified || undefined;
    });
    const told = await waitFor(
      "the journal",
      async () => (await journalOf(world, "event=twilio.caller_id"))[0],
    );
    expect(told.message).toMatch(/is verified at Twilio/);
    expect(JSON.stringify(await journalOf(world, "event=twilio.verifying"))).not.toContain(started.code);
  });

  test("list conversations and tell one, take it over, write in it", async () => {
    const conversations = await waitFor("the text to be a conversation", async () => {
      const { body } = await ask("GET", "/conversations?tenant=fub-test");
      const found = conversationListSchema.parse(body).conversations;
      return found.length > 0 ? found : undefined;
    });
    expect(conversations).toMatchObject([
      { engagement_id: ids.text, channel: "sms", contact: "+14165550132", by: "Ann One", answers: "agent" },
    ]);
    expect((await ask("GET", "/conversations?tenant=fub-solo")).body).toEqual({ conversations: [] });
    expect((await ask("GET", "/conversations")).body).toEqual({ conversations });
    const path = `/engagements/${ids.text}`;
    const one = conversationSchema.parse((await ask("GET", `${path}/conversation`)).body);
    expect(one).toMatchObject({ answers: "agent", can_automate: false, can_reply: true, chat_link: null });
    expect((await ask("GET", `/engagements/${ids.call}/conversation`)).body).toBeNull();
    expect(await ask("POST", `${path}/conversation`, { answers: "nobody" })).toMatchObject({
      status: 200,
      body: { answers: "nobody", closed: "Somebody at the console ended the conversation" },
    });
    expect(await ask("POST", `${path}/conversation`, { answers: "agent" })).toMatchObject({
      status: 200,
      body: { answers: "agent", closed: null },
    });
    expect(
      await ask("POST", `${path}/messages`, { text: " Hello there ", click_id: "click-0001" }),
    ).toMatchObject({
      status: 202,
      body: { status: "accepted" },
    });
    await waitFor("the text", async () => {
      const { body } = await ask("GET", "/conversations?tenant=fub-test");
      return conversationListSchema.parse(body).conversations[0]?.last_text === "Hello there"
        ? true
        : undefined;
    });
  });
});

describe("bad questions", () => {
  test("get the right status and a sentence that names the field", async () => {
    for (const [method, path, body, status, sentence] of badQuestions(ids)) {
      const answer = await ask(method, path, body);
      expect([method, path, body, answer.status]).toEqual([method, path, body, status]);
      expect(answer.body.error?.message, `${method} ${path}`).toMatch(sentence);
    }
  });

  test("nobody is let in without the session, whatever is asked", async () => {
    const doors = new Set(badQuestions(ids).map(([method, path]) => `${method} ${path.split("?")[0]}`));
    for (const door of doors) {
      const [method = "", path] = door.split(" ");
      for (const headers of [{}, { authorization: "Bearer wrong" }, { cookie: "aventora_console=wrong" }]) {
        const given = { method, headers: { ...headers, "content-type": "application/json" } };
        const body = method === "POST" ? { body: '{"tenant":"fub-test"}' } : {};
        expect([door, (await fetch(`${world.adminUrl}/api${path}`, { ...given, ...body })).status]).toEqual([
          door,
          401,
        ]);
      }
      const bearer = { authorization: `Bearer ${world.adminToken}`, origin: "https://evil.example" };
      const foreign = await fetch(`${world.adminUrl}/api${path}`, { method, headers: bearer });
      expect([door, foreign.status]).toEqual([door, 403]);
    }
  });

  test("no answer has a secret in it", () => {
    expect(answered.length).toBeGreaterThan(50);
    const everything = answered.join("\n");
    for (const secret of [world.account.authToken, MAIL_PASSWORD, LLM_KEY, world.adminToken, "f".repeat(32)])
      expect(everything).not.toContain(secret);
    expect(everything).not.toMatch(/fka_|avt_/);
  });
});
