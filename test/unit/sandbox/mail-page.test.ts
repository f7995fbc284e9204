// The practice mailbox's page and the mail part of the control door, over real sockets.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createTransport } from "nodemailer";
import { describe, expect, onTestFinished, test } from "vitest";
import { practiceLogin } from "../../../server/sandbox/mail/create-mail-world.ts";
import { type OpenSandbox, openSandbox, send } from "./open-sandbox.ts";

const OFFICE = { user: "office@fub-test.example", pass: "practice-mail" };

async function mailTo(open: OpenSandbox, to: string, more: Record<string, unknown> = {}): Promise<void> {
  const { smtp } = await open.sandbox.mail.open();
  const transport = createTransport({ host: "127.0.0.1", port: smtp, ignoreTLS: true, auth: OFFICE });
  await transport.sendMail({
    from: "Ann <ann@fub-test.example>",
    replyTo: "office+mark@fub-test.example",
    to,
    subject: "House",
    text: "Hello https://x.example/a.",
    ...more,
  });
}

async function page(open: OpenSandbox, path = "/mailbox"): Promise<string> {
  const answer = await fetch(open.url + path);
  expect(answer.status).toBe(200);
  return answer.text();
}

/** As a browser sends a form; where it leads. */
async function submit(
  open: OpenSandbox,
  path: string,
  fields: Record<string, string>,
): Promise<string | null> {
  const answer = await fetch(open.url + path, {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  expect(answer.status).toBe(303);
  return answer.headers.get("location");
}

describe("the mailbox page", () => {
  test("opens the servers, tells how a brokerage is connected to them, and that nothing came yet", async () => {
    const open = await openSandbox();
    expect(open.sandbox.mail.ports).toBeNull();
    const text = await page(open, "/mailbox?done=constructor&to=toString");
    const { ports } = open.sandbox.mail;
    expect(text).toContain(`SMTP ${ports?.smtp}, IMAP ${ports?.imap}`);
    expect(text).toContain("office@fub-test.example · practice-mail");
    expect(text).toContain("Nothing has come yet.");
  });

  test("shows what each contact got, newest first, whatever stands in it", async () => {
    const open = await openSandbox();
    await mailTo(open, "dana@contacts.example", {
      subject: "<script>alert(1)</script>",
      text: "<img src=x onerror=alert(1)> & more",
    });
    await mailTo(open, "sam@contacts.example");
    const all = await page(open);
    expect(all).not.toMatch(/<script>alert|<img/);
    expect(all).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(all).toContain('<a href="https://x.example/a">https://x.example/a</a>.');
    expect(all.indexOf('id="mail-2"')).toBeLessThan(all.indexOf('id="mail-1"'));
    const dana = await page(open, "/mailbox?to=dana%40contacts.example");
    expect(dana).toContain('id="mail-1"');
    expect(dana).not.toContain('id="mail-2"');
    expect(dana).toMatch(/<a href="\/mailbox\?to=dana%40contacts\.example" aria-current="page">/);
    // Every field has its label, every mail its title, and news are spoken.
    for (const [, id] of all.matchAll(/<textarea id="([^"]+)"/g))
      expect(all).toContain(`<label for="${id}">`);
    for (const [, id] of all.matchAll(/aria-labelledby="([^"]+)"/g)) expect(all).toContain(`id="${id}"`);
    expect(all).toContain('role="status"');
    expect(await (await fetch(`${open.url}/mailbox/count.json`)).json()).toEqual({ count: 2 });
  });

  test("takes an answer and shows it, with mark and thread or without", async () => {
    const open = await openSandbox();
    await mailTo(open, "dana@contacts.example");
    const there = await submit(open, "/mailbox/1/reply", { text: "Yes please" });
    expect(there).toBe("/mailbox?to=dana%40contacts.example&done=sent");
    await submit(open, "/mailbox/1/reply", { text: "No mark", bare: "1" });
    expect(open.sandbox.mail.returned).toMatchObject([
      { to: "office+mark@fub-test.example", text: "Yes please" },
      { to: "office@fub-test.example", text: "No mark" },
    ]);
    const text = await page(open, there ?? "");
    expect(text).toContain("The answer was sent.");
    expect(text).toContain("Yes please");
    expect(await submit(open, "/mailbox/1/reply", { text: " " })).toContain("done=failed");
    expect(await submit(open, "/mailbox/9/reply", { text: "x" })).toContain("done=failed");
    open.sandbox.mail.logins = [];
    expect(await submit(open, "/mailbox/1/reply", { text: "x" })).toContain("done=undeliverable");
  });

  test("goes the ways out a mail names, as a mail program would, and asks no other machine", async () => {
    const clicks: { path: string; body: string; type: string | undefined }[] = [];
    const gateway = createServer((request: IncomingMessage, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        clicks.push({ path: request.url ?? "", body, type: request.headers["content-type"] });
        response.end();
      });
    });
    await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void gateway.close());
    const address = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/u/1`;
    const open = await openSandbox();
    const headers = (page: string) => ({
      "List-Unsubscribe": `<${page}>, <mailto:office+mark@fub-test.example?subject=unsubscribe%20mark>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    await mailTo(open, "dana@contacts.example", { headers: headers(address) });
    await mailTo(open, "dana@contacts.example", { headers: headers("https://gateway.example.com/u") });
    await mailTo(open, "dana@contacts.example");
    expect(await page(open)).toContain(`<a href="${address}">Unsubscribe page</a>`);
    expect(await submit(open, "/mailbox/1/unsubscribe", { way: "click" })).toContain("done=clicked");
    expect(clicks).toEqual([
      { path: "/u/1", body: "List-Unsubscribe=One-Click", type: "application/x-www-form-urlencoded" },
    ]);
    expect(await submit(open, "/mailbox/2/unsubscribe", { way: "click" })).toContain("done=unheard");
    expect(await submit(open, "/mailbox/3/unsubscribe", { way: "click" })).toContain("done=failed");
    expect(await submit(open, "/mailbox/3/unsubscribe", { way: "mail" })).toContain("done=failed");
    expect(await submit(open, "/mailbox/1/unsubscribe", { way: "mail" })).toContain("done=sent");
    expect(open.sandbox.mail.returned).toMatchObject([{ to: "office+mark@fub-test.example", answers: 1 }]);
    expect(clicks).toHaveLength(1);
  });
});

describe("the control door", () => {
  const control = (open: OpenSandbox, body: unknown) => send(`${open.url}/__control/mail`, "POST", body);
  test("opens the servers, has contacts answer, and shows what went over them without passwords", async () => {
    const open = await openSandbox();
    const logins = [{ user: "solo", password: "not-to-be-shown", address: "me@fub-test.example" }];
    expect(
      (
        await control(open, {
          open: true,
          logins,
          slowMs: 1,
          answers: { "dana@contacts.example": { text: "Hi" } },
        })
      ).body.ports.smtp,
    ).toBeGreaterThan(0);
    open.sandbox.mail.logins.push(practiceLogin());
    await mailTo(open, "dana@contacts.example");
    await control(open, { reply: { id: 1, text: "Once more", threading: false } });
    expect(
      (await control(open, { deliver: { to: "me@fub-test.example", raw: "Subject: x\r\n\r\ny" } })).status,
    ).toBe(200);
    const shown = await send(`${open.url}/__control/mail`, "GET");
    expect(shown.body).toMatchObject({
      received: [{ id: 1, to: "dana@contacts.example", subject: "House", violations: [] }],
      returned: [{ text: "Hi" }, { text: "Once more" }],
    });
    expect(JSON.stringify(shown.body)).not.toMatch(/not-to-be-shown|practice-mail/);
    await send(`${open.url}/__control/reset`, "POST", {});
    expect((await send(`${open.url}/__control/mail`, "GET")).body).toMatchObject({
      received: [],
      returned: [],
    });
  });

  test.each([
    [{ reply: { id: 7, text: "x" } }, /no e-mail 7/],
    [{ deliver: { to: "nobody@elsewhere.example", raw: "x" } }, /Nobody has the address/],
    [{ logins: [] }, /logins/],
    [{ odd: true }, /odd/],
  ])("says what is wrong with %j", async (body, problem) => {
    const open = await openSandbox();
    expect(await control(open, body)).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(problem) },
    });
  });
});
