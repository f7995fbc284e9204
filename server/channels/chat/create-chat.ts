// The gateway's own chat: the contact is sent a link, by text or by e-mail, and talks with the agent on a page of the public
// listener. Who carries the link is whoever carries the brokerage's texts or e-mail; this provider stands before them.
import type { Clock } from "../../base/clock.ts";
import { GatewayError } from "../../base/errors.ts";
import type { ChannelOrder, ChannelProvider, ProviderAnswer } from "../channel.ts";
import { asInvitation, chatAnswer, notSent, readChatReference } from "./invitation.ts";

export interface ChatDeps {
  readonly clock: Clock;
  /** The contact's page; undefined while the gateway has no public address. */
  readonly link: (engagementId: string) => string | undefined;
  /** Who carries the invitation: the brokerage's provider of texts or of e-mail. */
  readonly carrierOf: (tenant: string, channel: "sms" | "email") => ChannelProvider | undefined;
}

export interface ChatProvider extends ChannelProvider {
  /** The order of the invitation: what its carrier's callbacks are about. */
  invitation(order: ChannelOrder): ChannelOrder;
  /** What the carrier says of the invitation, as the chat's own standing. */
  report(order: ChannelOrder, invited: ProviderAnswer): ProviderAnswer;
}

export function createChat(deps: ChatDeps): ChatProvider {
  const inviter = (order: Pick<ChannelOrder, "tenant" | "contact">): ChannelProvider | undefined => {
    const carrier = deps.carrierOf(order.tenant, order.contact.includes("@") ? "email" : "sms");
    return carrier?.reachesPeople ? carrier : undefined;
  };
  const invitation = (order: ChannelOrder): ChannelOrder => {
    const link = deps.link(order.engagementId);
    if (link === undefined) throw NO_ADDRESS();
    return asInvitation(order, link);
  };
  const ask = async (
    order: ChannelOrder,
    reference: string,
    what: "poll" | "cancel",
  ): Promise<ProviderAnswer> => {
    const invited = readChatReference(reference);
    const carrier = inviter(order);
    if (invited === null || !carrier) return chatAnswer(order, reference, null);
    return chatAnswer(order, reference, await carrier[what](invitation(order), invited));
  };
  return {
    name: "chat",
    invitation,
    report: (order, invited) => chatAnswer(order, `chat:${invited.reference}`, invited),
    // Whether the invitation's start is one, its carrier knows: findStart asks it.
    startIsIdempotent: false,
    reachesPeople: true,
    objection: async (order, db) => {
      if (deps.link("any") === undefined) return NO_ADDRESS();
      // As asInvitation words it: whatever the chat is for, its link only informs.
      const channel = order.contact.includes("@") ? "email" : "sms";
      return inviter(order)?.objection?.({ ...order, channel, type: "informational" }, db);
    },
    start: async (order) => {
      const carrier = inviter(order);
      if (!carrier) return notSent(invitation(order), deps.clock.now());
      const answer = await carrier.start(invitation(order));
      return chatAnswer(order, `chat:${answer.reference}`, answer);
    },
    findStart: async (order, since) => {
      const carrier = inviter(order);
      if (!carrier) return null;
      if (!carrier.findStart) throw new GatewayError("provider_fate_unknown");
      const found = await carrier.findStart(invitation(order), since);
      return found && chatAnswer(order, `chat:${found.reference}`, found);
    },
    poll: (order, reference) => ask(order, reference, "poll"),
    cancel: (order, reference) => ask(order, reference, "cancel"),
    pause: () => Promise.reject(CANNOT_PAUSE()),
    resume: () => Promise.reject(CANNOT_PAUSE()),
    // The page shows what is stored; there is nobody to hand it to.
    send: async (_order, _reference, message) => ({ reference: message.id, at: deps.clock.now() }),
    findElsewhere: async (order, since) => {
      const carrier = inviter(order);
      return carrier ? carrier.findElsewhere?.(invitation(order), since) : null;
    },
    findSent: async () => null,
  };
}

const NO_ADDRESS = (): GatewayError =>
  new GatewayError("channel_unavailable", {
    sentence:
      "Chat needs the gateway's public address (SERVER_URL): the contact opens a page there. Set it in the console under Settings.",
  });

const CANNOT_PAUSE = (): GatewayError =>
  new GatewayError("wrong_state", {
    sentence: "A chat cannot be paused: the contact has the link. Cancel it to close the page.",
  });
