// `npm run demo -- --real-channels`: calls and texts go over a pretend Twilio whose phones ring on a page, e-mail over pretend
// mail servers, and chats are answered by a pretend language model, just as with the real ones.
import { z } from "zod";
import { type Gateway, GatewayError, loadSandbox, type Sandbox } from "../server/index.ts";

type Loaded = Awaited<ReturnType<typeof loadSandbox>>;
export type AskConsole = (method: "GET" | "POST", path: string, body?: object) => Promise<unknown>;

export interface CarrierPlan {
  readonly sandbox: Sandbox;
  readonly twilio: ReturnType<Loaded["demoTwilio"]>;
  /** Address of the sandbox. */
  readonly crm: string;
  readonly gateway: Gateway;
  readonly console: AskConsole;
}

const SPEED = 1;
const inboundSchema = z.object({ inbound_url: z.string().nullable() });

export async function switchCarriers({ sandbox, twilio, crm, gateway, console }: CarrierPlan): Promise<void> {
  const { announceInbound, demoSetup, demoWorld, withCarriers } = await loadSandbox();
  const mail = await sandbox.mail.open();
  const mailPassword = sandbox.mail.logins[0]?.password ?? "";
  await gateway.apply(withCarriers(demoSetup(demoWorld()), { url: crm, twilio, mail, mailPassword }));
  Object.assign(sandbox.twilio.settings, { livePhones: true, speed: SPEED });
  const { inbound_url } = inboundSchema.parse(await console("GET", "/api/channels?tenant=fub-test"));
  if (inbound_url !== null) announceInbound(sandbox.twilio, twilio.brokerage.accountSid, inbound_url);
}

/** Asks the console as somebody at this computer would. @throws GatewayError with the console's own words. */
export function consoleOf(adminUrl: string): AskConsole {
  const { origin, searchParams } = new URL(adminUrl);
  const headers = {
    authorization: `Bearer ${searchParams.get("token")}`,
    "content-type": "application/json",
  };
  return async (method, path, body) => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${origin}${path}`, { method, headers, ...content });
    if (!answer.ok)
      throw new GatewayError("internal", {
        sentence: `The demo could not be set up: the console answered ${answer.status} to ${path}.`,
      });
    return answer.json();
  };
}
