// Routes of the practice mailbox, a page for whoever tries e-mail without a mail account. Mounted at /mailbox.
import express, { type Response, type Router } from "express";
import { z } from "zod";
import type { MailWorld, ReceivedMail } from "./mail-types.ts";
import { mailboxAddress, renderMailbox } from "./render-mailbox.ts";
import { clickOnce, unsubscribeWays } from "./unsubscribe-ways.ts";

const replySchema = z.object({ text: z.string().trim().min(1).max(5_000), bare: z.string().optional() });

/** The servers are opened by the first who looks. */
export function createMailboxRouter(world: MailWorld): Router {
  const router = express.Router();
  router.use(express.urlencoded({ extended: false, limit: "50kb" }));
  router.get("/", async (request, response) => {
    const ports = await world.open();
    const text = (value: unknown): string => (typeof value === "string" ? value : "");
    const view = { world, ports, to: text(request.query.to), done: DONE.get(text(request.query.done)) ?? "" };
    response.send(renderMailbox(view));
  });
  router.get("/count.json", (_request, response) => {
    response.json({ count: world.received.length });
  });
  router.post("/:id/reply", async (request, response) => {
    const mail = findMail(world, request.params.id);
    const parsed = replySchema.safeParse(request.body);
    if (!mail || !parsed.success) return goBack(response, "", "failed");
    const bare = parsed.data.bare !== undefined;
    const sent = await world.reply(mail, parsed.data.text, { plus: !bare, threading: !bare });
    goBack(response, mail.to, sent ? "sent" : "undeliverable");
  });
  router.post("/:id/unsubscribe", async (request, response) => {
    const mail = findMail(world, request.params.id);
    const way = mail && (await unsubscribe(world, mail, String(request.body?.way)));
    goBack(response, mail?.to ?? "", way ?? "failed");
  });
  return router;
}

/** What the status line says, by the word in the address. */
const DONE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sent: "The answer was sent.",
    undeliverable: "The answer came back: nobody has that address.",
    failed: "That did not work. Look whether the e-mail is still there, and write something.",
    clicked: "The mail program told the sender.",
    unheard: "The mail program told the sender, but got no answer it understands.",
  }),
);

const findMail = (world: MailWorld, id: string): ReceivedMail | undefined =>
  world.received.find((mail) => String(mail.id) === id);

function goBack(response: Response, to: string, done: string): void {
  response.redirect(303, mailboxAddress(to, { done }));
}

async function unsubscribe(world: MailWorld, received: ReceivedMail, way: string): Promise<string> {
  const ways = unsubscribeWays(received);
  if (way === "click" && ways.oneClick && ways.page !== null)
    return (await clickOnce(ways.page)) ? "clicked" : "unheard";
  if (way !== "mail" || ways.mail === null) return "failed";
  const { to, subject } = ways.mail;
  const sent = await world.reply(received, "", { to, subject, quote: "none", threading: false });
  return sent ? "sent" : "undeliverable";
}
