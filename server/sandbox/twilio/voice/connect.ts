// The verb Connect: an automated voice needs what an account has to be let in to first; this one has not been. Carried out by
// follow-orders.
import { elementsOf } from "../twiml/parse-xml.ts";
import { methodAttribute, textAttribute } from "../twiml/read-attributes.ts";
import { askAction, type CarryOut } from "./scene.ts";

export const connect: CarryOut = async (scene, element) => {
  const { state, leg } = scene;
  const relay = elementsOf(element).find(({ name }) => name === "ConversationRelay");
  if (!relay) return undefined;
  const text = "ConversationRelay: not enabled for this account";
  const url = textAttribute(relay, "url") ?? null;
  state.alert({ accountSid: leg.account.sid, sid: leg.call.sid, code: 64101, level: "error", url, text });
  const action = textAttribute(element, "action");
  if (action === undefined) return undefined;
  const params = { SessionStatus: "failed", ErrorCode: "64101", ErrorMessage: text };
  return askAction(scene, action, methodAttribute(element, "method"), params);
};
