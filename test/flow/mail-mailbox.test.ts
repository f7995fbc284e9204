// Looking into a real mailbox: what was read is not read again, nothing in it is touched, and an e-mail whose answer was lost
// is found among what was sent, or nobody claims to know.
import { type AddressInfo, connect, createServer } from "node:net";
import { ImapFlow } from "imapflow";
import { describe, expect, onTestFinished, test } from "vitest";
import type { OutgoingMessage } from "../../server/channels/channel.ts";
import { readMailbox } from "../../server/channels/smtp/read-mailbox.ts";
import { type OpenMail, openMail, readOneMail } from "../helpers/open-mail.ts";
import { DANA, mailTo } from "../unit/channels/smtp-order.ts";

const OFFICE = "office@fub-test.example";
const put = (mail: OpenMail, ...texts: string[]): void => {
  for (const text of texts)
    mail.world.deliver(
      OFFICE,
      `From: dana@contacts.example\r\nMessage-ID: <${text}@contacts.example>\r\n\r\n${text}`,
    );
};
const texts = async (mail: OpenMail): Promise<string[]> => (await mail.read()).mails.map(({ text }) => text);

/** A way to the mail server that is cut when the client asks for its n-th mail. */
async function cutAt(port: number, nth: number): Promise<number> {
  const way = createServer((client) => {
    const server = connect(port, "127.0.0.1");
    let asked = 0;
    client.on("data", (data) => {
      asked += data.toString("latin1").match(/UID FETCH/g)?.length ?? 0;
      if (asked < nth) server.write(data);
      else for (const end of [client, server]) end.destroy();
    });
    server.pipe(client);
    for (const end of [client, server]) end.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => way.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void way.close());
  return (way.address() as AddressInfo).port;
}

describe("reading the mailbox", () => {
  test("takes up where it was, and leaves no trace", async () => {
    const mail = await openMail();
    expect(await texts(mail)).toEqual([]);
    put(mail, "one", "two");
    expect(await texts(mail)).toEqual(["one", "two"]);
    expect(await texts(mail)).toEqual([]);
    put(mail, "three");
    expect(await texts(mail)).toEqual(["three"]);
    const client = new ImapFlow({
      host: "127.0.0.1",
      port: mail.ports.imap,
      secure: false,
      doSTARTTLS: false,
      auth: { user: OFFICE, pass: "practice-mail" },
      logger: false,
    });
    await client.connect();
    await client.mailboxOpen("INBOX");
    const flags = (await client.fetchAll("1:*", { flags: true })).map(({ flags: set }) => [...(set ?? [])]);
    await client.logout();
    expect(flags).toEqual([[], [], []]);
  });

  test("takes a bounded number at a time, oldest first, and says that there are more", async () => {
    const mail = await openMail();
    put(mail, "one", "two", "three", "four", "five");
    const deps = { clock: mail.clock, log: mail.deps.log, most: 2 };
    const seen: [string[], boolean][] = [];
    let state = null;
    for (let look = 0; look < 4; look++) {
      const reading: Awaited<ReturnType<typeof readMailbox>> = await readMailbox(deps, mail.account, state);
      seen.push([reading.mails.map(({ text }) => text), reading.more]);
      state = reading.state;
    }
    expect(seen).toEqual([
      [["one", "two"], true],
      [["three", "four"], true],
      [["five"], false],
      [[], false],
    ]);
  });

  test("keeps what was read before the connection broke, and goes on behind it", async () => {
    const mail = await openMail();
    put(mail, "one", "two", "three");
    const { imap } = mail.account;
    const through = async (nth: number) => ({
      ...mail.account,
      imap: imap && { ...imap, port: await cutAt(imap.port, nth) },
    });
    const direct = mail.account;
    mail.account = await through(3);
    const broken = await mail.read();
    expect(broken).toMatchObject({
      state: { lastUid: 2 },
      more: true,
      mails: [{ text: "one" }, { text: "two" }],
    });
    mail.account = await through(1);
    await expect(mail.read()).rejects.toMatchObject({ code: "provider_unavailable" });
    mail.account = direct;
    expect(await texts(mail)).toEqual(["three"]);
  });

  test("looks at recent mail again when the server renumbered its folder; the ids are the same", async () => {
    const mail = await openMail();
    put(mail, "one", "two");
    const before = await mail.read();
    mail.world.renumber(OFFICE);
    put(mail, "three");
    const after = await mail.read();
    expect(after.state.uidValidity).not.toBe(before.state.uidValidity);
    expect(after.mails.map(({ messageId }) => messageId)).toEqual([
      ...before.mails.map(({ messageId }) => messageId),
      "<three@contacts.example>",
    ]);
    expect(await texts(mail)).toEqual([]);
  });

  test("does not dig up old mail at its first look", async () => {
    const mail = await openMail();
    put(mail, "old");
    mail.clock.shift(10 * 24 * 3_600_000);
    put(mail, "new");
    expect(await texts(mail)).toEqual(["new"]);
  });

  test("reads the beginning of a mail that is too large", async () => {
    const mail = await openMail();
    const attachment = `--b\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${"QUFB\r\n".repeat(300_000)}\r\n--b--`;
    mail.world.deliver(
      OFFICE,
      `From: dana@contacts.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the plan.\r\n${attachment}`,
    );
    expect(await readOneMail(mail)).toMatchObject({ text: "See the plan.\n[attachment: plan.pdf]" });
  });

  test.each([
    ["nobody there", { port: 1 }, "provider_unavailable", /could not be read just now/],
    ["no such folder", { folder: "Replies" }, "provider_refused", /no such folder/],
    ["TLS where there is none", { security: "tls" } as const, "provider_refused", /could not be protected/],
    [
      "a host elsewhere without protection",
      { host: "mail.example.com" },
      "channel_unavailable",
      /unprotected/,
    ],
    ["a login that is missing", { user: null }, "channel_unavailable", /No login is set/],
    ["a password that is missing", { password: null }, "channel_unavailable", /is not set/],
  ])("%s", async (_what, more, code, sentence) => {
    const mail = await openMail();
    const { imap } = mail.account;
    mail.account = { ...mail.account, imap: imap && { ...imap, ...more } };
    await expect(mail.read()).rejects.toMatchObject({ code, sentence: expect.stringMatching(sentence) });
    mail.account = { ...mail.account, imap: null };
    await expect(mail.read()).rejects.toMatchObject({ code: "channel_unavailable" });
  });
});

describe("an e-mail whose answer was lost", () => {
  const KEPT = mailTo("drop-kept");
  const LOST = mailTo("drop");
  const find = (mail: OpenMail, order = KEPT) => mail.smtp.findStart?.(order, mail.clock.now() - 60_000);
  const lose = async (mail: OpenMail, order = KEPT): Promise<void> => {
    await expect(mail.smtp.start(order)).rejects.toMatchObject({ code: "provider_fate_unknown" });
  };

  test("was not sent when the server was never asked", async () => {
    const mail = await openMail();
    expect(await find(mail)).toBeNull();
  });

  test("is found among what was sent, and then it is as if the answer had come", async () => {
    const mail = await openMail();
    await lose(mail);
    const found = await find(mail);
    expect(found).toMatchObject({
      reference: "<eng.eng_drop_kept.1@fub-test.example>",
      snapshot: { outcome: "delivered", transcript: [{ text: expect.stringMatching(/^Hello Dana/) }] },
    });
    expect(await mail.smtp.start(KEPT)).toEqual(found);
    expect(mail.world.received).toHaveLength(1);
    mail.account = { ...mail.account, imap: null };
    expect(await find(mail)).toEqual(found);
  });

  test("was not sent where the server files what is sent and it is not there", async () => {
    const mail = await openMail();
    await mail.smtp.start(DANA);
    await lose(mail, LOST);
    expect(await find(mail, LOST)).toBeNull();
  });

  test.each<[string, (mail: OpenMail) => void]>([
    [
      "the server keeps nothing that is sent",
      (mail) => Object.assign(mail.world.logins[0] ?? {}, { keepsSent: false }),
    ],
    ["no mailbox is set", (mail) => Object.assign(mail.account, { imap: null })],
    [
      "the mailbox cannot be looked into",
      (mail) => Object.assign(mail.account.imap ?? {}, { password: "wrong" }),
    ],
  ])("may have been sent when %s", async (_why, make) => {
    const mail = await openMail();
    make(mail);
    await lose(mail, LOST);
    await expect(find(mail, LOST)).rejects.toMatchObject({
      code: "provider_fate_unknown",
      sentence: expect.stringMatching(/does not show whether it went out/),
    });
  });

  test("is looked for the same way when it was a further message", async () => {
    const mail = await openMail();
    const { reference } = await mail.smtp.start(DANA);
    const message: OutgoingMessage = {
      id: "msg_1",
      text: "Friday?",
      automatic: false,
      since: mail.clock.now() - 60_000,
    };
    expect(await mail.smtp.findSent?.(KEPT, reference, message)).toBeNull();
    await expect(mail.smtp.send?.(KEPT, reference, message)).rejects.toMatchObject({
      code: "provider_fate_unknown",
    });
    const sent = await mail.smtp.findSent?.(KEPT, reference, message);
    expect(sent?.reference).toBe("<eng.eng_drop_kept.2@fub-test.example>");
    expect(await mail.smtp.send?.(KEPT, reference, message)).toEqual(sent);
  });
});
