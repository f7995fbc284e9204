// Gets the document a call is to carry out, by HTTP from the customer's server or inline, and makes sure that it is one.
// Called by follow-orders.
import type { TwilioState } from "../twilio-state.ts";
import { checkTwiml, type DocumentKind } from "../twiml/check-twiml.ts";
import { parseXml, type XmlElement } from "../twiml/parse-xml.ts";
import { describeProblem } from "../webhooks/describe-problem.ts";
import { LARGEST_DOCUMENT } from "../webhooks/request-url.ts";
import { callParams } from "./call-params.ts";
import type { Leg, Order, VoiceDocument } from "./leg.ts";

type Problem = { code: number; text: string };

/** undefined when there is none: alerts say why, and the fallback was no better. */
export async function fetchDocument(
  state: TwilioState,
  leg: Leg,
  order: Order,
  kind: DocumentKind,
): Promise<VoiceDocument | undefined> {
  if (order.kind === "read") return order;
  if (order.kind === "twiml") {
    const read = readTwiml(state, leg, order.xml, kind);
    if (!("code" in read)) return { verbs: read, base: null };
    warn(state, leg, null, read);
    return undefined;
  }
  const { url, method, params = {}, fallback } = order;
  const read = await ask(state, leg, order, kind);
  if (!("code" in read)) return { verbs: read, base: url };
  warn(state, leg, url, read);
  if (!fallback || leg.era.aborted) return undefined;
  const told = { ...params, ErrorCode: String(read.code), ErrorUrl: url };
  return fetchDocument(
    state,
    leg,
    { kind: "url", ...fallback, method: fallback.method ?? method, params: told },
    kind,
  );
}

function warn(state: TwilioState, leg: Leg, url: string | null, problem: Problem): void {
  if (leg.era.aborted) return;
  state.alert({ accountSid: leg.account.sid, sid: leg.call.sid, level: "error", url, ...problem });
}

async function ask(
  state: TwilioState,
  leg: Leg,
  { url, method, params }: Extract<Order, { kind: "url" }>,
  kind: DocumentKind,
): Promise<XmlElement[] | Problem> {
  const answer = await state.webhooks.ask({
    ...{ account: leg.account, kind: "voice", sid: leg.call.sid, group: leg.group, url, method },
    params: { ...callParams(leg.call), ...params },
  });
  const problem = describeProblem(answer);
  if (problem) return problem;
  if (typeof answer === "string") return { code: 11200, text: "HTTP retrieval failure" };
  const { contentType, body } = answer;
  if (body.length > LARGEST_DOCUMENT) return { code: 11750, text: "TwiML response body too large" };
  if (contentType === "text/plain") return [{ name: "Say", attributes: {}, children: [body] }];
  if (/^audio\//.test(contentType)) return [{ name: "Play", attributes: {}, children: [url] }];
  if (!XML_TYPES.includes(contentType))
    return { code: 12300, text: `Invalid Content-Type: ${contentType || "none"}` };
  return readTwiml(state, leg, body, kind);
}

/** Twilio reads HTML as TwiML too, for servers that say so of everything. */
const XML_TYPES: readonly string[] = ["text/xml", "application/xml", "text/html"];

function readTwiml(state: TwilioState, leg: Leg, xml: string, kind: DocumentKind): XmlElement[] | Problem {
  try {
    const { verbs, problems } = checkTwiml(parseXml(xml), kind);
    for (const text of problems) {
      const about = { accountSid: leg.account.sid, sid: leg.call.sid };
      state.violation({ ...about, what: text });
      state.alert({
        ...about,
        code: 12200,
        level: "warning",
        url: null,
        text: `Schema validation warning: ${text}`,
      });
    }
    return verbs;
  } catch (problem) {
    const why = problem instanceof Error ? problem.message : String(problem);
    return { code: 12100, text: `Document parse failure: ${why}` };
  }
}
