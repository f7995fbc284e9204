// Tells the account's address of a message that came in, and sends what its answer says. Called by receive-message.
import { readNumber } from "../format-values.ts";
import type { TwilioState } from "../twilio-state.ts";
import type { HttpMethod, TwilioAccount } from "../twilio-types.ts";
import { checkTwiml } from "../twiml/check-twiml.ts";
import { elementsOf, parseXml, textOf, type XmlElement } from "../twiml/parse-xml.ts";
import { methodAttribute, textAttribute } from "../twiml/read-attributes.ts";
import { describeProblem } from "../webhooks/describe-problem.ts";
import { isWhatsapp, type TwilioMessage } from "./message-types.ts";
import { isOptedOut, scopeOf } from "./opt-outs.ts";
import { sendMessage } from "./send-message.ts";

export interface InboundAddress {
  url: string;
  method: HttpMethod;
  fallback: { url: string; method: HttpMethod } | null;
}

type Problem = { code: number; text: string };

const LONGEST_BODY = 1_600;
const MOST_REDIRECTS = 5;

export async function answerMessage(
  state: TwilioState,
  account: TwilioAccount,
  message: TwilioMessage,
  address: InboundAddress,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  const { era } = state;
  let { url, method } = address;
  let told = params;
  for (let left = MOST_REDIRECTS; left > 0 && !era.aborted; left -= 1) {
    const answer = await askAddress(state, account, message, { url, method }, told);
    if (era.aborted) return;
    if ("code" in answer) {
      state.alert({ accountSid: account.sid, sid: message.sid, level: "error", url, ...answer });
      if (!address.fallback || told !== params) return;
      told = { ...params, ErrorCode: String(answer.code), ErrorUrl: url };
      ({ url, method } = address.fallback);
      continue;
    }
    const redirect = answer.verbs.find(({ name }) => name === "Redirect");
    for (const verb of answer.verbs) if (verb.name === "Message") reply(state, account, message, url, verb);
    if (!redirect) return;
    url = new URL(textOf(redirect).trim() || url, url).href;
    method = methodAttribute(redirect, "method");
  }
}

async function askAddress(
  state: TwilioState,
  account: TwilioAccount,
  { sid }: TwilioMessage,
  to: { url: string; method: HttpMethod },
  params: Readonly<Record<string, string>>,
): Promise<{ verbs: XmlElement[] } | Problem> {
  const answer = await state.webhooks.ask({ account, kind: "message", sid, group: sid, ...to, params });
  const problem = describeProblem(answer);
  if (problem) return problem;
  // No content is no reply.
  if (typeof answer === "string" || answer.body.trim() === "") return { verbs: [] };
  const { contentType, body } = answer;
  if (contentType === "text/plain") return { verbs: [{ name: "Message", attributes: {}, children: [body] }] };
  if (!["text/xml", "application/xml", "text/html"].includes(contentType))
    return { code: 12300, text: `Invalid Content-Type: ${contentType || "none"}` };
  try {
    const { verbs, problems } = checkTwiml(parseXml(body), "message");
    for (const what of problems) {
      state.violation({ accountSid: account.sid, sid, what });
      const text = `Schema validation warning: ${what}`;
      state.alert({ accountSid: account.sid, sid, code: 12200, level: "warning", url: to.url, text });
    }
    return { verbs };
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { code: 12100, text: `Document parse failure: ${why}` };
  }
}

function reply(
  state: TwilioState,
  account: TwilioAccount,
  message: TwilioMessage,
  base: string,
  verb: XmlElement,
): void {
  const children = elementsOf(verb);
  const bodies = children.filter(({ name }) => name === "Body").map(textOf);
  const body = (
    bodies.length > 0 ? bodies.join("") : textOf({ ...verb, children: verb.children.filter(isText) })
  ).trim();
  const media = children.filter(({ name }) => name === "Media").map((each) => textOf(each).trim());
  const from = textAttribute(verb, "from") ?? message.to;
  const given = textAttribute(verb, "to");
  const to = given === undefined ? (message.from ?? "") : (readNumber(given) ?? given);
  const problem = replyProblem(state, account, { from, to, body, media });
  if (problem) {
    state.alert({ accountSid: account.sid, sid: message.sid, level: "error", url: base, ...problem });
    return;
  }
  const callback = textAttribute(verb, "statusCallback") ?? textAttribute(verb, "action");
  sendMessage(state, {
    ...{ account, direction: "outbound-reply", from, to, body, media, contentSid: null, sendAt: null },
    messagingServiceSid: message.messagingServiceSid,
    statusCallback:
      callback === undefined || !URL.canParse(callback, base) ? null : new URL(callback, base).href,
  });
}

const isText = (child: XmlElement | string): child is string => typeof child === "string";

function replyProblem(
  state: TwilioState,
  account: TwilioAccount,
  { from, to, body, media }: { from: string; to: string; body: string; media: string[] },
): Problem | undefined {
  if (body === "" && media.length === 0) return { code: 14103, text: "Reply message was empty" };
  if (body.length > LONGEST_BODY)
    return { code: 21617, text: "The message body exceeds the 1600 character limit" };
  if (isWhatsapp(to) || !isOptedOut(state, account, scopeOf(account, from), to)) return undefined;
  return { code: 21610, text: `Attempt to send to unsubscribed recipient: ${to}` };
}
