// The ways out of e-mail, through the whole gateway: the link by one click and by its page, a mail to unsubscribe, and a
// plain answer that says stop. The first three speak of e-mail, the last of everything.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLinkTokens } from "../../server/base/link-token.ts";
import type { ReceivedMail } from "../../server/sandbox/mail/mail-types.ts";
import { unsubscribeWays } from "../../server/sandbox/mail/unsubscribe-ways.ts";
import {
  conversationOf,
  linkKeyOf,
  onTestListener,
  readMailNow,
  startTalkWorld,
  type TalkWorld,
  untilMail,
} from "../helpers/connect-talk.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { admin, startOutreach, untilOutreach, untilOver } from "../helpers/talk-to-gateway.ts";

let world: TalkWorld;
beforeAll(async () => {
  world = await startTalkWorld();
});
afterAll(() => world.close());

const email = (address: string) =>
  startOutreach(world, { email_address: address, channel: "email", type: "informational" });
const text = (phone: string) =>
  startOutreach(world, { phone_number: phone, channel: "sms", type: "informational" });

/** One of the brokerage's people gets an e-mail; the link in it, on this listener. */
async function mailed(address: string): Promise<{ id: string; mail: ReceivedMail; link: string }> {
  const id = await email(address);
  await untilOver(world, id);
  const mail = await untilMail(world, address);
  return { id, mail, link: onTestListener(world, unsubscribeWays(mail).page ?? "") };
}

const tagsOf = (personId: number) =>
  world.sandbox.fub.account("fub-test").people.find(({ id }) => id === personId)?.tags ?? [];

interface Listed {
  readonly contact: string | null;
  readonly scope: string;
  readonly source: string;
}

async function listedFor(contact: string): Promise<Listed[]> {
  const query = new URLSearchParams({ tenant: "fub-test", search: contact });
  const { body } = await admin<{ suppressions: Listed[] }>(world, "GET", `/suppressions?${query}`);
  return body.suppressions.map(({ contact, scope, source }) => ({ contact, scope, source }));
}

describe("the link", () => {
  test("is only shown when it is opened, ends e-mail by one click, and nothing but e-mail", async () => {
    const { id, link } = await mailed("sam@people.example");
    for (const _time of [1, 2]) {
      const shown = await fetch(link);
      const html = await shown.text();
      expect(shown.status).toBe(200);
      expect(html).toContain("You will not get any more e-mail from Maple Street Realty");
      expect(html).toContain('<form method="post">');
      expect(shown.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(shown.headers.get("cache-control")).toBe("no-store");
      expect(html).not.toContain(id);
    }
    const second = await email("sam@people.example");
    expect(await untilOver(world, second)).toMatchObject({ outcome: "delivered" });

    for (const _time of [1, 2]) {
      const clicked = await fetch(link, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "List-Unsubscribe=One-Click",
      });
      expect(clicked.status).toBe(200);
      expect(await clicked.text()).toContain("You are unsubscribed");
    }
    expect(await listedFor("sam@people.example")).toEqual([
      { contact: "sam@people.example", scope: "email", source: "unsubscribe_link" },
    ]);
    await expect(email("SAM@people.example")).rejects.toThrow("opted_out");
    expect(await untilOver(world, await text("+14165550132"))).toMatchObject({ outcome: "connected" });
    expect(tagsOf(108)).not.toContain("Do Not Contact");
    const mails = world.mail.received.filter(({ to }) => to === "sam@people.example");
    expect(mails).toHaveLength(2);
  });

  test("is obeyed by its page's button, and whatever form the wish comes in", async () => {
    for (const [address, given] of [
      ["tara@people.example", {}],
      ["wanda@people.example", { body: multipart() }],
      [
        "lars@people.example",
        { body: "x".repeat(5_000), headers: { "content-type": "text/plain; charset=utf-7" } },
      ],
    ] as const) {
      const { link } = await mailed(address);
      expect((await fetch(link, { method: "POST", ...given })).status).toBe(200);
      await expect(email(address)).rejects.toThrow("opted_out");
    }
  });

  test("does nothing when it is made up, altered, or of another purpose", async () => {
    const { id, link } = await mailed("nivia@people.example");
    const chatMark = createLinkTokens(await linkKeyOf(world)).mark("chat", id);
    const mark = link.slice(link.lastIndexOf(".") + 1);
    for (const forged of [
      `${link}x`,
      link.slice(0, -1),
      link.replace(id, "eng_other"),
      link.replace(mark, mark.toLowerCase() === mark ? mark.toUpperCase() : mark.toLowerCase()),
      link.replace(mark, chatMark),
      link.replace(`.${mark}`, ""),
      `${world.url}/unsubscribe/${"a".repeat(5_000)}`,
      `${world.url}/unsubscribe/%00%2e%2e%2f.x`,
    ])
      for (const method of ["GET", "POST"]) {
        const answer = await fetch(forged, { method });
        expect([forged, answer.status]).toEqual([forged, 404]);
        expect(await answer.text()).toContain("This link does not work");
      }
    const deleted = await fetch(link, { method: "DELETE" });
    expect([deleted.status, deleted.headers.get("allow")]).toEqual([405, "GET, POST"]);
    expect(await untilOver(world, await email("nivia@people.example"))).toMatchObject({
      outcome: "delivered",
    });
  });
});

function multipart(): FormData {
  const form = new FormData();
  form.set("List-Unsubscribe", "One-Click");
  return form;
}

describe("a mail", () => {
  test("to unsubscribe, as a mail program sends it, ends e-mail only and is no answer", async () => {
    const { id, mail } = await mailed("nadia@people.example");
    const way = unsubscribeWays(mail).mail;
    await world.mail.reply(mail, "", {
      to: way?.to ?? "",
      subject: way?.subject ?? "",
      quote: "none",
      threading: false,
    });
    await readMailNow(world);
    await waitFor("the wish", async () => (await listedFor("nadia@people.example"))[0]);
    expect(await listedFor("nadia@people.example")).toMatchObject([
      { scope: "email", source: "unsubscribe_link" },
    ]);
    await expect(email("nadia@people.example")).rejects.toThrow("opted_out");
    expect(await conversationOf(world, id)).toMatchObject({ needs_agent: null, last_inbound_at: null });
    expect(await untilOver(world, await text("+14165550101"))).toMatchObject({ outcome: "no_answer" });
    expect(tagsOf(101)).not.toContain("Do Not Contact");
  });

  test("that asks to be left alone ends every channel, is confirmed once and mirrored; START lifts it", async () => {
    const { id, mail } = await mailed("vera@people.example");
    await world.mail.reply(mail, "Please stop contacting me.");
    await world.mail.reply(mail, "I said stop!");
    await readMailNow(world);
    await untilOutreach(world, id, "declined", ({ outcome }) => outcome === "not_interested");
    const confirmed = await untilMail(world, "vera@people.example", ({ mail: { text } }) =>
      (text ?? "").includes("You will not be contacted by Maple Street Realty any more"),
    );
    expect(confirmed.violations).toEqual([]);
    await waitFor("the tag", () => tagsOf(103).includes("Do Not Contact") || undefined);
    await expect(email("vera@people.example")).rejects.toThrow("opted_out");
    expect(await conversationOf(world, id)).toMatchObject({ answers: "nobody", needs_agent: null });
    const reply = { text: "Are you sure?", click_id: "click-0001" };
    expect(await admin(world, "POST", `/engagements/${id}/messages`, reply)).toMatchObject({
      status: 422,
      body: { error: { code: "opted_out" } },
    });
    expect(world.mail.received.filter(({ to }) => to === "vera@people.example")).toHaveLength(2);

    await world.mail.reply(confirmed, "START");
    await readMailNow(world);
    await untilMail(world, "vera@people.example", ({ mail: { text } }) =>
      (text ?? "").includes("Welcome back"),
    );
    await waitFor("the tag to go", () => !tagsOf(103).includes("Do Not Contact") || undefined);
    expect(await untilOver(world, await email("vera@people.example"))).toMatchObject({
      outcome: "delivered",
    });
  });
});
