// The mailbox that cannot be read: the console, the start page, the doctor and the journal say so without a secret, and all of
// it passes once it is mended.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Check } from "../../shared/admin-api.ts";
import type { ChannelsView, Tested } from "../../shared/console/channels.schema.ts";
import { homeOf } from "../helpers/ask-console.ts";
import {
  MAIL_PASSWORD,
  readMailNow,
  startTalkWorld,
  type TalkWorld,
  untilMail,
} from "../helpers/connect-talk.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { admin, journalOf, startOutreach, untilOutreach, untilOver } from "../helpers/talk-to-gateway.ts";

let world: TalkWorld;
beforeAll(async () => {
  world = await startTalkWorld();
});
afterAll(() => world.close());

const WRONG = "wrong-word-8861";
const channels = async () => (await admin<ChannelsView>(world, "GET", "/channels?tenant=fub-test")).body;
const mailNeed = async () =>
  (await homeOf(world)).needs_you.find(({ id }) => id === "mailbox/fub-test/INBOX");
const testMail = async () =>
  (await admin<Tested>(world, "POST", "/channels/mail/test", { tenant: "fub-test" })).body;
const apply = (tenant: Record<string, unknown>) =>
  world.gateway.apply({ tenants: [{ domain_name: "fub-test", ...tenant }] });

describe("a mailbox that cannot be read", () => {
  test("is read without complaint while all is well", async () => {
    await waitFor("a first look", async () => (await channels()).mailbox?.checked_at ?? undefined);
    expect((await channels()).mailbox?.error).toBeNull();
    expect(await mailNeed()).toBeUndefined();
    expect(await testMail()).toMatchObject({ ok: true, findings: [{ state: "ok" }, { state: "ok" }] });
  });

  test("over a wrong password is a need, a finding and a word in the journal, none with the password", async () => {
    await apply({ imap_password: WRONG });
    const need = await waitFor("the need", mailNeed);
    expect(need.sentence).toMatch(/What contacts write is not seen: .*did not accept the login .*@fub-test/);
    expect(need.action?.to).toBe("/settings/channels?tenant=fub-test");
    expect((await channels()).mailbox?.error).toMatch(/did not accept the login/);
    const tested = await testMail();
    expect(tested).toMatchObject({ ok: false, findings: [{ state: "ok" }, { state: "bad" }] });
    const doctor = await admin<{ checks: Check[] }>(world, "GET", "/doctor");
    expect(doctor.body.checks).toContainEqual(
      expect.objectContaining({
        title: "fub-test: mail servers",
        state: "bad",
        sentence: expect.stringContaining("did not accept the login"),
      }),
    );
    const told = await journalOf(world, "event=mailbox.unreadable");
    expect(told).toHaveLength(1);
    const everything = JSON.stringify([need, tested, doctor.body, told, await channels(), world.logLines]);
    expect(everything).not.toContain(WRONG);
    expect(everything).not.toContain(MAIL_PASSWORD);
  });

  test("is read at once when the right password is applied, with what came meanwhile", async () => {
    const id = await startOutreach(world, {
      email_address: "sam@people.example",
      channel: "email",
      type: "informational",
    });
    await untilOver(world, id);
    await world.mail.reply(await untilMail(world, "sam@people.example"), "Came while nobody could look");
    await apply({ imap_password: MAIL_PASSWORD });
    await untilOutreach(world, id, "answered", ({ outcome }) => outcome === "connected");
    await waitFor("the need to go", async () => ((await mailNeed()) === undefined ? true : undefined));
    expect((await channels()).mailbox?.error).toBeNull();
    expect(await journalOf(world, "event=mailbox.readable")).toHaveLength(1);
    expect(await testMail()).toMatchObject({ ok: true });
  });

  test("over a missing folder is told in a sentence of its own, once it is the only one that is read", async () => {
    await expect(apply({ imap_host: "mail.elsewhere.example" })).rejects.toThrow(
      "none is only for a mail server on this computer",
    );
    await apply({ imap_folder: "Replies" });
    await waitFor("the need", async () =>
      (await homeOf(world)).needs_you.find(({ sentence }) => sentence.includes("has no such folder")),
    );
    await apply({ imap_folder: "INBOX", imap_password: WRONG });
    await waitFor("its need alone", async () => {
      const needs = (await homeOf(world)).needs_you.filter(({ id }) => id.startsWith("mailbox/"));
      return needs.length === 1 && needs[0]?.id === "mailbox/fub-test/INBOX" ? true : undefined;
    });
  });

  test("is nobody's need once it is not read any more", async () => {
    await apply({ channels: { email: "simulator" } });
    expect((await homeOf(world)).needs_you.filter(({ id }) => id.startsWith("mailbox/"))).toEqual([]);
    expect((await channels()).mailbox).toBeNull();
  });

  test("read again is not taken again, though the server counts its mails anew", async () => {
    await apply({ channels: { email: "smtp" }, imap_password: MAIL_PASSWORD });
    const id = await startOutreach(world, {
      email_address: "nivia@people.example",
      channel: "email",
      type: "informational",
    });
    await untilOver(world, id);
    const mail = await untilMail(world, "nivia@people.example");
    await world.mail.reply(mail, "One answer");
    await readMailNow(world);
    await untilOutreach(world, id, "answered", ({ transcript }) => transcript.length === 2);
    world.mail.renumber("office@fub-test.example");
    await world.mail.reply(mail, "Another answer");
    await readMailNow(world);
    const after = await untilOutreach(world, id, "answered twice", ({ transcript }) => transcript.length > 2);
    expect(after.transcript.map(({ text }) => text)).toEqual([
      expect.anything(),
      "One answer",
      "Another answer",
    ]);
  });
});
