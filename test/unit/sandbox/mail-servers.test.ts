// The pretend mail servers, looked at with clients of their own, so that nothing here rests on the gateway's way of using
// them.
import { ImapFlow, type ImapFlowOptions } from "imapflow";
import { createTransport } from "nodemailer";
import { describe, expect, onTestFinished, test } from "vitest";
import { createMailWorld, practiceLogin } from "../../../server/sandbox/mail/create-mail-world.ts";
import type { MailPorts, MailWorld } from "../../../server/sandbox/mail/mail-types.ts";

const NOON = Date.parse("2026-05-04T12:00:00Z");
const OFFICE = { user: "office@fub-test.example", pass: "practice-mail" };

async function open(): Promise<{ world: MailWorld; ports: MailPorts }> {
  const world = createMailWorld({ now: () => NOON });
  onTestFinished(() => world.close());
  return { world, ports: await world.open() };
}

type Sent = { code: string; response: string };
async function send(
  ports: MailPorts,
  to: string,
  more: Record<string, unknown> = {},
  how: Record<string, unknown> = {},
): Promise<Sent> {
  const transport = createTransport({
    host: "127.0.0.1",
    port: ports.smtp,
    ignoreTLS: true,
    auth: OFFICE,
    ...how,
  });
  const message = { from: "Ann <ann@fub-test.example>", to, subject: "House", text: "Hello", ...more };
  return transport.sendMail(message).then(
    ({ response }) => ({ code: "ok", response }),
    (error: { code: string; response?: string }) => ({ code: error.code, response: error.response ?? "" }),
  );
}

async function readFolder(
  ports: MailPorts,
  folder = "INBOX",
  more: Partial<ImapFlowOptions> = {},
): Promise<string[]> {
  const client = new ImapFlow({
    host: "127.0.0.1",
    port: ports.imap,
    auth: OFFICE,
    secure: false,
    doSTARTTLS: false,
    logger: false,
    disableAutoIdle: true,
    ...more,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const lock = await client.getMailboxLock(folder, { readOnly: true });
    const mails = await client.fetchAll("1:*", { source: true });
    lock.release();
    // As they came, but for line breaks that only the way over the wire made.
    return mails.map(({ source }) => (source?.toString() ?? "").replaceAll("=\r\n", ""));
  } finally {
    client.close();
  }
}

describe("logins", () => {
  test("open both servers, and only with their password", async () => {
    const { world, ports } = await open();
    expect(await send(ports, "dana@contacts.example")).toMatchObject({ code: "ok" });
    const wrong = { ...OFFICE, pass: "wrong" };
    expect(await send(ports, "dana@contacts.example", {}, { auth: wrong })).toMatchObject({
      code: "EAUTH",
      response: expect.stringMatching(/^535 5\.7\.8/),
    });
    await expect(readFolder(ports, "INBOX", { auth: wrong })).rejects.toMatchObject({
      authenticationFailed: true,
    });
    expect(world.received).toHaveLength(1);
  });

  test("see their own mailbox only", async () => {
    const { world, ports } = await open();
    world.logins.push({ ...practiceLogin(), user: "solo", password: "two", address: "me@solo.example" });
    expect(world.deliver("office+mark@fub-test.example", "Subject: one\r\n\r\nx")).toBe(true);
    expect(world.deliver("anybody@solo.example", "Subject: two\r\n\r\nx")).toBe(true);
    expect(world.deliver("dana@contacts.example", "Subject: three\r\n\r\nx")).toBe(false);
    expect(await readFolder(ports)).toEqual([
      expect.stringMatching(/^Delivered-To: office\+mark@fub-test\.example\r\nSubject: one/),
    ]);
    expect(await readFolder(ports, "INBOX", { auth: { user: "solo", pass: "two" } })).toEqual([
      expect.stringContaining("Subject: two"),
    ]);
  });

  test("send only as addresses of their domain", async () => {
    const { world, ports } = await open();
    expect(await send(ports, "dana@contacts.example", { from: "a@elsewhere.example" })).toMatchObject({
      response: expect.stringMatching(/^553 5\.7\.1/),
    });
    const mixed = {
      envelope: { from: "office@fub-test.example", to: "dana@contacts.example" },
      from: "a@elsewhere.example",
    };
    expect(await send(ports, "dana@contacts.example", mixed)).toMatchObject({ code: "ok" });
    expect(world.received[0]?.violations).toEqual([
      "From is of elsewhere.example, the login of fub-test.example",
    ]);
  });
});

describe("protection", () => {
  test.each([
    ["STARTTLS", { requireTLS: true, ignoreTLS: false }, { doSTARTTLS: true }, "smtp", "imap"],
    ["TLS from the start", { secure: true }, { secure: true, doSTARTTLS: undefined }, "smtps", "imaps"],
  ] as const)(
    "%s, by the certificate made here and no other",
    async (_how, smtp, imap, smtpPort, imapPort) => {
      const { ports } = await open();
      const tls = { ca: [ports.certificate] };
      expect(
        await send(ports, "dana@contacts.example", {}, { ...smtp, port: ports[smtpPort], tls }),
      ).toMatchObject({ code: "ok" });
      expect(
        (await send(ports, "dana@contacts.example", {}, { ...smtp, port: ports[smtpPort] })).code,
      ).toMatch(/ESOCKET|ETLS/);
      const imapOptions = { ...imap, port: ports[imapPort] } as Partial<ImapFlowOptions>;
      expect(await readFolder(ports, "Sent", { ...imapOptions, tls })).toHaveLength(1);
      await expect(readFolder(ports, "Sent", imapOptions)).rejects.toMatchObject({
        code: "DEPTH_ZERO_SELF_SIGNED_CERT",
      });
    },
  );
});

describe("addresses with a habit", () => {
  test.each([
    ["bounce@contacts.example", /^550 5\.1\.1/, 0],
    ["full@contacts.example", /^452 4\.2\.2/, 0],
    ["relay@contacts.example", /^550 5\.7\.1/, 0],
    ["greylist@contacts.example", /^450 4\.7\.1/, 0],
    ["spam@contacts.example", /^554 5\.7\.1/, 0],
    ["drop@contacts.example", /^$/, 0],
    ["drop-kept@contacts.example", /^$/, 1],
    ["slow@contacts.example", /^$/, 1],
    ["dana@contacts.example", /^250/, 1],
  ])("%s", async (to, response, received) => {
    const { world, ports } = await open();
    // Only where silence is the point is it cut short.
    const how = to.startsWith("slow") ? { socketTimeout: 1_500 } : {};
    world.slowMs = 60_000;
    expect((await send(ports, to, {}, how)).response).toMatch(response);
    expect(world.received).toHaveLength(received);
  });

  test("greylist@ takes what comes again, slow@ answers in the end", async () => {
    const { world, ports } = await open();
    world.slowMs = 1;
    await send(ports, "greylist@contacts.example");
    expect(await send(ports, "greylist@contacts.example")).toMatchObject({ code: "ok" });
    expect(await send(ports, "slow@contacts.example")).toMatchObject({
      response: expect.stringMatching(/at last/),
    });
  });

  test("late-bounce@ reports to the sender of the envelope", async () => {
    const { ports } = await open();
    const dsn = { id: "envelope-1", return: "headers", notify: "failure" };
    await send(ports, "late-bounce@contacts.example", {
      envelope: { from: "office@fub-test.example", to: "late-bounce@contacts.example" },
      dsn,
      messageId: "<m1@fub-test.example>",
    });
    const [report] = await readFolder(ports);
    for (const line of [
      "Return-Path: <>",
      "Original-Envelope-Id: envelope-1",
      "Final-Recipient: rfc822; late-bounce@contacts.example",
      "Status: 5.1.1",
      "Message-ID: <m1@fub-test.example>",
    ])
      expect(report).toContain(`${line}\r\n`);
  });

  test("vacation@ answers people and no machines", async () => {
    const { ports } = await open();
    await send(ports, "vacation@contacts.example", { headers: { "Auto-Submitted": "auto-generated" } });
    expect(await readFolder(ports)).toEqual([]);
    await send(ports, "vacation@contacts.example");
    expect(await readFolder(ports)).toEqual([expect.stringContaining("Auto-Submitted: auto-replied\r\n")]);
  });
});

describe("contacts", () => {
  const marked = { replyTo: "office+mark@fub-test.example", messageId: "<m1@fub-test.example>" };
  test("answer by themselves when told to, and reply@ always", async () => {
    const { world, ports } = await open();
    world.answers.set("dana@contacts.example", { text: "Friday at ten?", quote: "none" });
    await send(ports, "dana@contacts.example", marked);
    await send(ports, "reply@contacts.example", marked);
    const [told, always] = await readFolder(ports);
    expect(told).toMatch(/To: office\+mark@fub-test\.example\r\n/);
    expect(told).toMatch(/In-Reply-To: <m1@fub-test\.example>\r\n/);
    expect(told?.trimEnd()).toMatch(/\r\n\r\nFriday at ten\?$/);
    expect(always).toMatch(/that sounds good\.\r\n\r\nOn .* wrote:\r\n\r\n> Hello/);
    expect(world.returned).toMatchObject([{ answers: 1, text: "Friday at ten?" }, { answers: 2 }]);
  });

  test("may lose the mark, the thread and the plain text on the way", async () => {
    const { world, ports } = await open();
    await send(ports, "dana@contacts.example", marked);
    const [got] = world.received;
    if (!got) throw new Error("nothing came");
    await world.reply(got, "Yes <b>", {
      plus: false,
      threading: false,
      htmlOnly: true,
      quote: "above",
      headers: { "X-Odd": "1" },
    });
    const [reply] = await readFolder(ports);
    expect(reply).toMatch(/To: office@fub-test\.example\r\n/);
    expect(reply).not.toMatch(/In-Reply-To|References/);
    expect(reply).toMatch(/X-Odd: 1\r\n[\s\S]*Content-Type: text\/html[\s\S]*Yes &lt;b>/);
  });

  test("get their answer back where the mailbox takes no marks", async () => {
    const { world, ports } = await open();
    world.logins = [{ ...practiceLogin(), plusAddresses: false, keepsSent: false }];
    await send(ports, "dana@contacts.example", marked);
    const [got] = world.received;
    if (!got) throw new Error("nothing came");
    expect(await world.reply(got, "Yes")).toBe(false);
    expect(await world.reply(got, "Yes", { plus: false })).toBe(true);
    expect([await readFolder(ports), await readFolder(ports, "Sent")].map(({ length }) => length)).toEqual([
      1, 0,
    ]);
  });
});

test("opening twice is opening once, a reset empties everything, closing frees the ports", async () => {
  const { world, ports } = await open();
  expect(await world.open()).toEqual(ports);
  await send(ports, "reply@contacts.example");
  world.slowMs = 1;
  world.reset();
  expect([world.received, world.returned, world.slowMs]).toEqual([[], [], 5_000]);
  expect(await readFolder(ports)).toEqual([]);
  await world.close();
  expect(world.ports).toBeNull();
  expect((await send(ports, "dana@contacts.example")).code).toBe("ESOCKET");
  expect((await world.open()).certificate).not.toBe(ports.certificate);
});
