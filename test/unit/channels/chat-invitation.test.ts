import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChannelOrder, ProviderSnapshot } from "../../../server/channels/channel.ts";
import {
  asInvitation,
  chatAnswer,
  notSent,
  readChatReference,
} from "../../../server/channels/chat/invitation.ts";
import { CALL_TYPES } from "../../../shared/values.ts";

const order = (more: Partial<ChannelOrder> = {}): ChannelOrder => ({
  engagementId: "eng_1",
  tenant: "fub-test",
  channel: "chat",
  type: "conversational",
  instruction: "Are you still looking?",
  contact: "+14165550132",
  personId: "108",
  personName: "Sam Okafor",
  agentName: "Ann One",
  brokerage: "Maple Street Realty",
  userId: "u1",
  fromNumber: "+14165550111",
  inCampaign: false,
  attempt: 1,
  ...more,
});
const LINK = "https://gateway.example/chat/eng_1.mark";

describe("a chat's link on its way", () => {
  test.each([
    [
      "+14165550132",
      "Ann One",
      "Are you still looking?",
      "sms",
      `Are you still looking? Chat with Ann One here: ${LINK} (this link is only for you)`,
    ],
    [
      "sam@people.example",
      null,
      " ",
      "email",
      `Chat with Maple Street Realty here: ${LINK} (this link is only for you)`,
    ],
  ] as const)(
    "to %s of %s goes as one message that informs",
    (contact, agentName, instruction, channel, text) => {
      const invitation = asInvitation(order({ contact, agentName, instruction }), LINK);
      expect(invitation).toEqual({
        ...order({ contact, agentName }),
        ...{ channel, type: "informational", instruction: text },
      });
    },
  );

  test("carried by nobody real is told as ready, and said to be not sent", () => {
    const answer = notSent(asInvitation(order(), LINK), 7);
    expect(answer).toMatchObject({
      reference: "chat:",
      nextPollAt: null,
      snapshot: { status: "in_progress" },
    });
    expect(answer.snapshot?.transcript).toMatchObject([
      { direction: "outbound", text: expect.stringContaining(LINK) },
    ]);
    expect(answer.snapshot?.history).toMatchObject([
      { event: "link_ready", detail: expect.stringContaining("not sent") },
    ]);
    expect(readChatReference(answer.reference)).toBeNull();
  });

  test("its carrier's reference is read back from the chat's, and nothing else is", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (reference) => {
        const answer = chatAnswer(order(), "", { reference, snapshot: null, nextPollAt: 5 });
        expect(readChatReference(answer.reference)).toBe(reference);
        expect(answer.nextPollAt).toBe(5);
        if (!reference.startsWith("chat:")) expect(readChatReference(reference)).toBeNull();
      }),
    );
  });

  const delivered: ProviderSnapshot = {
    ...{
      status: "completed",
      outcome: "delivered",
      summary: "SMS sent",
      startedAt: 1,
      completedAt: 2,
      duration: 0,
    },
    ...{ transcript: [], history: [], seenAt: 2 },
  };
  const told = (snapshot: ProviderSnapshot, more: Partial<ChannelOrder>) =>
    chatAnswer(order(more), "chat:r", { reference: "r", snapshot, nextPollAt: null }).snapshot;

  test("delivered is a result where people are informed or are many, else only the beginning", () => {
    for (const type of CALL_TYPES)
      for (const inCampaign of [true, false]) {
        const result = inCampaign || type === "informational";
        expect(told(delivered, { type, inCampaign })).toEqual(
          result
            ? delivered
            : { ...delivered, status: "in_progress", outcome: null, summary: null, completedAt: null },
        );
      }
  });

  test("that did not arrive has failed, whatever the chat was for; silence changes nothing", () => {
    const failed = { ...delivered, status: "failed", outcome: "failed" } as const;
    for (const type of CALL_TYPES) expect(told(failed, { type })).toEqual(failed);
    expect(chatAnswer(order(), "chat:r", null)).toEqual({
      reference: "chat:r",
      snapshot: null,
      nextPollAt: null,
    });
  });
});
