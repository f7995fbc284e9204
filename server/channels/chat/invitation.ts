// The link on its way to the contact: how it is worded as an order for whoever carries it, and what that carrier's account
// of it means for the chat. Pure.
import type { ChannelOrder, ProviderAnswer, ProviderSnapshot } from "../channel.ts";

/** The order its carrier is given. Replies to it are the chat's, so it is sent like any other message of this outreach. */
export function asInvitation(order: ChannelOrder, link: string): ChannelOrder {
  const about = order.instruction.trim();
  const by = order.agentName ?? order.brokerage;
  // A sentence's full stop right after a link becomes part of it in some programs.
  const invite = `Chat with ${by} here: ${link} (this link is only for you)`;
  return {
    ...order,
    channel: order.contact.includes("@") ? "email" : "sms",
    type: "informational",
    instruction: about === "" ? invite : `${about} ${invite}`,
  };
}

/** `chat:` and the carrier's own reference; null where nobody carried it. */
export function readChatReference(reference: string): string | null {
  const own = reference.startsWith("chat:") ? reference.slice("chat:".length) : "";
  return own === "" ? null : own;
}

/** Nobody real carries the brokerage's texts or e-mail: the link is there to be handed on by other means. */
export function notSent(invitation: ChannelOrder, now: number): ProviderAnswer {
  const detail =
    "The link was not sent: the brokerage's texts and e-mail go to the simulator. It can be copied and handed on.";
  return {
    reference: "chat:",
    nextPollAt: null,
    snapshot: {
      ...UNDER_WAY,
      startedAt: now,
      seenAt: now,
      transcript: [{ at: now, direction: "outbound", text: invitation.instruction, key: "invitation" }],
      history: [{ at: now, event: "link_ready", detail }],
    },
  };
}

const UNDER_WAY: ProviderSnapshot = {
  status: "in_progress",
  outcome: null,
  summary: null,
  startedAt: null,
  completedAt: null,
  duration: null,
  transcript: [],
  history: [],
  seenAt: 0,
};

/** A link that arrived is the beginning where a conversation is wanted, and the result where people are only informed. */
export function chatAnswer(
  order: ChannelOrder,
  reference: string,
  invited: ProviderAnswer | null,
): ProviderAnswer {
  if (invited === null) return { reference, snapshot: null, nextPollAt: null };
  const { snapshot, nextPollAt } = invited;
  const answer = { reference: `chat:${invited.reference}`, nextPollAt };
  if (snapshot?.status !== "completed" || snapshot.outcome !== "delivered") return { ...answer, snapshot };
  if (order.type === "informational" || order.inCampaign) return { ...answer, snapshot };
  const waits = { status: "in_progress", outcome: null, summary: null, completedAt: null } as const;
  return { ...answer, snapshot: { ...snapshot, ...waits } };
}
