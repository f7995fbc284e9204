// A pretend Twilio over a real socket with the demo's accounts, a customer's server for its webhooks, and the official SDK.
// Every answer is held against Twilio's OpenAPI when TWILIO_OPENAPI names that file.
import twilio from "twilio";
import { onTestFinished } from "vitest";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import type { SandboxClock } from "../../server/sandbox/sandbox-types.ts";
import type { TwilioOptions } from "../../server/sandbox/twilio/create-twilio-state.ts";
import type { TwilioWorld } from "../../server/sandbox/twilio/create-twilio-world.ts";
import { demoTwilio, type TwilioDemo, type TwilioKeys } from "../../server/sandbox/twilio/demo-twilio.ts";
import { type Answer, send } from "../unit/sandbox/open-sandbox.ts";
import { checkTwilioAnswer } from "./check-twilio-answer.ts";
import { type CustomerServer, startCustomerServer } from "./customer-server.ts";

export type Form = Readonly<Record<string, string | number | readonly string[]>>;

export interface OpenTwilio {
  readonly url: string;
  readonly world: TwilioWorld;
  readonly demo: TwilioDemo;
  readonly customer: CustomerServer;
  readonly time: { now: number };
  /** `call("POST", "/Calls.json", { To: … })` as the brokerage with its token, unless `keys` or `authorization` say otherwise. */
  call(
    method: string,
    path: string,
    form?: Form,
    as?: { keys?: TwilioKeys; authorization?: string },
  ): Promise<Answer>;
  /** The official SDK, pointed here. */
  client(keys?: TwilioKeys): ReturnType<typeof twilio>;
}

export const NOON = Date.parse("2026-05-04T12:00:00Z");
/** Ends in no digits that mean anything: picks up, presses 1, is pleased. */
export const CONTACT = "+14165550131";

export async function openTwilioSandbox(
  options: TwilioOptions = {},
  clock?: SandboxClock,
): Promise<OpenTwilio> {
  const demo = demoTwilio();
  const time = { now: NOON };
  const sandbox = createSandbox({
    clock: clock ?? { now: () => time.now },
    twilio: { ...demo.options, speed: 0, ...options },
  });
  const { url } = await sandbox.listen(0);
  const customer = await startCustomerServer(demo.brokerage.authToken);
  onTestFinished(async () => {
    await sandbox.close();
    await customer.close();
  });
  return {
    ...{ url, demo, customer, time, world: sandbox.twilio },
    call: async (method, path, form = {}, { keys = demo.brokerage, authorization } = {}) => {
      const fields = encode(form);
      const reads = method === "GET";
      const query = reads && fields !== "" ? `?${fields}` : "";
      const headers = {
        authorization: authorization ?? basic(keys.accountSid, keys.authToken),
        ...(!reads && { "content-type": "application/x-www-form-urlencoded" }),
      };
      const address = `${url}/twilio/2010-04-01/Accounts/${keys.accountSid}${path}${query}`;
      const answer = await send(address, method, reads ? undefined : fields, headers);
      checkTwilioAnswer(method, path, answer);
      return answer;
    },
    client: (keys = demo.brokerage) => {
      const plain = new twilio.RequestClient();
      const request: typeof plain.request = (asked) =>
        plain.request({ ...asked, uri: asked.uri.replace("https://api.twilio.com", `${url}/twilio`) });
      const httpClient = Object.assign(Object.create(plain) as typeof plain, { request });
      return twilio(keys.accountSid, keys.authToken, { httpClient });
    },
  };
}

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

/** Lists become repeated fields, as Twilio has them. */
function encode(form: Form): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(form))
    for (const each of Array.isArray(value) ? value : [value]) fields.append(name, String(each));
  return fields.toString();
}
