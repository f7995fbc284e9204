// Routes of the practice phones: their page, how they stand, and what is done with them. Mounted at /phones by create-sandbox.
import express, { type Request, type Response, type Router } from "express";
import { z } from "zod";
import type { TwilioWorld } from "../twilio/create-twilio-world.ts";
import { readNumber } from "../twilio/format-values.ts";
import { bareNumber, isWhatsapp, WHATSAPP } from "../twilio/messages/message-types.ts";
import type { PhoneAct } from "../twilio/phones/act-on-phone.ts";
import { listPhones } from "./list-phones.ts";
import { renderPhones } from "./render-phones.ts";

const actSchema = z.discriminatedUnion("act", [
  z.strictObject({ act: z.enum(["answer", "voicemail", "decline", "ignore", "hang_up"]) }),
  z.strictObject({ act: z.literal("press"), keys: z.string().regex(/^[0-9*#]{1,32}$/) }),
  z.strictObject({ act: z.literal("say"), text: z.string().trim().min(1).max(1_000) }),
]);
const byHandSchema = z.strictObject({ byHand: z.boolean() });
const textSchema = z.strictObject({ to: z.string(), body: z.string().trim().min(1).max(1_600) });
const openSchema = z.strictObject({ number: z.string() });

/** `nameOf`: whose phone a number is, as the CRM knows it. */
export function createPhonesRouter(
  world: TwilioWorld,
  nameOf: (number: string) => string | undefined,
): Router {
  const router = express.Router();
  router.use(express.json({ limit: "20kb" }));
  router.get("/", (_request, response) => {
    response.send(renderPhones(world.settings.livePhones));
  });
  router.get("/state.json", (_request, response) => {
    response.json({ phones: listPhones(world, nameOf) });
  });
  router.post("/open", (request, response) => {
    const parsed = openSchema.safeParse(request.body);
    const number = parsed.success ? readNumber(parsed.data.number) : undefined;
    if (number === undefined) return refuse(response, "That is no phone number. Write it like +14165550131.");
    world.person(number);
    world.touch();
    response.json({ number });
  });
  router.post("/all-by-hand", (request, response) => {
    const parsed = byHandSchema.safeParse(request.body);
    if (!parsed.success) return refuse(response, "byHand must be true or false.");
    world.settings.livePhones = parsed.data.byHand;
    response.json(parsed.data);
  });
  router.post("/:number/by-hand", (request, response) => {
    const parsed = byHandSchema.safeParse(request.body);
    if (!parsed.success) return refuse(response, "byHand must be true or false.");
    world.setPersona(
      request.params.number,
      parsed.data.byHand ? { rings: "live", replies: [], refusal: null } : {},
    );
    response.json(parsed.data);
  });
  router.post("/:number/act", (request, response) => {
    const parsed = actSchema.safeParse(request.body);
    if (!parsed.success) return refuse(response, z.prettifyError(parsed.error));
    act(world, request, response, parsed.data);
  });
  router.post("/:number/text", (request, response) => {
    const parsed = textSchema.safeParse(request.body);
    if (!parsed.success) return refuse(response, z.prettifyError(parsed.error));
    const { to, body } = parsed.data;
    if (!hasAddress(world, to)) return refuse(response, "No account here has that number.");
    world.text(isWhatsapp(to) ? WHATSAPP + request.params.number : request.params.number, to, body);
    response.json({ sent: true });
  });
  return router;
}

function act(
  world: TwilioWorld,
  request: Request<{ number: string }>,
  response: Response,
  what: PhoneAct,
): void {
  if (world.act(request.params.number, what)) response.json(what);
  else refuse(response, "The phone is not ringing or talking any more.");
}

function hasAddress(world: TwilioWorld, address: string): boolean {
  const number = bareNumber(address);
  return world.accounts.some(({ numbers, whatsappSenders }) =>
    isWhatsapp(address)
      ? whatsappSenders.some((sender) => sender.number === number)
      : numbers.some(({ phoneNumber }) => phoneNumber === number),
  );
}

function refuse(response: Response, error: string): void {
  response.status(400).json({ error });
}
