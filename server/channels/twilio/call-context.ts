// What everything that works on a running call shares: its story from the store, the addresses of its steps, and how it
// stands as an answer to the core, with the time of the next question.
import { isLoopbackHost } from "../../../shared/settings-parts.ts";
import { addCarrierEvents, type CarrierEvent, carrierEventsOf } from "../carrier-events.ts";
import type { ChannelOrder, ProviderAnswer } from "../channel.ts";
import { readCallEvents } from "./call-events.ts";
import { type FoldedCall, foldCall } from "./fold-call.ts";
import { type CallStory, readCall } from "./read-call.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";
import { twilioUrl } from "./twilio-routes.ts";
import type { StepUrl } from "./voice-twiml.ts";

/** Undefined when Twilio was never asked to place this call. */
export async function storyOf(deps: TwilioDeps, order: ChannelOrder): Promise<CallStory | undefined> {
  return readCall(readCallEvents(await carrierEventsOf(deps.db, order.engagementId)));
}

/** How many were new. */
export const remember = (
  deps: TwilioDeps,
  order: ChannelOrder,
  ...events: readonly CarrierEvent[]
): Promise<number> => addCarrierEvents(deps.db, order.engagementId, events);

/**
 * Where Twilio can call the gateway; undefined when it cannot. An address of this machine is of use to a Twilio on this
 * machine only.
 */
export function callbackBase(deps: Pick<TwilioDeps, "publicUrl" | "baseUrl">): string | undefined {
  const base = deps.publicUrl();
  if (base === undefined || !isLoopbackHost(new URL(base).hostname)) return base;
  return isLoopbackHost(new URL(deps.baseUrl()).hostname) ? base : undefined;
}

/** Addresses of the steps of this order's call; none where Twilio cannot call. */
export function stepUrls(deps: TwilioDeps, order: ChannelOrder, attempt: number): StepUrl {
  const base = callbackBase(deps);
  const { engagementId } = order;
  return (step, turn = 0) =>
    base === undefined
      ? undefined
      : twilioUrl(base, deps.linkKey, {
          kind: "voice",
          engagementId,
          attempt,
          step,
          ...(step === "speech" ? { turn } : {}),
        });
}

const SOON_MS = 1_000;
const LIVE_MS = 2_000;
const TALKING_MS = 5_000;
/** Where Twilio calls the gateway, asking is only for what got lost. */
const RECONCILE_MS = 20_000;

/** @throws GatewayError channel_unavailable when the account is gone. */
export async function answerCall(
  deps: TwilioDeps,
  order: ChannelOrder,
  reference: string,
): Promise<ProviderAnswer> {
  const story = await storyOf(deps, order);
  if (!story) return { reference, snapshot: null, nextPollAt: deps.clock.now() + LIVE_MS };
  const folded = foldCall(story, order, recordingUrls(deps, order));
  return {
    reference: story.first?.sid ?? reference,
    snapshot: folded.snapshot,
    nextPollAt: folded.verdict.over ? null : deps.clock.now() + pauseOf(story, folded),
  };
}

function pauseOf(story: CallStory, { verdict }: FoldedCall): number {
  if (!verdict.over && verdict.recordNeeded) return SOON_MS;
  if (story.plan.callbacks) return RECONCILE_MS;
  const talking = story.contact?.status === "in-progress" && story.contact.answeredBy === "human";
  return talking ? TALKING_MS : LIVE_MS;
}

/** As an audio file; Twilio asks for the account's credentials where the brokerage has told it to. */
function recordingUrls(deps: TwilioDeps, order: ChannelOrder): (recording: string) => string {
  const { sid } = accountOf(deps, order.tenant);
  return (recording) => `${deps.baseUrl()}/2010-04-01/Accounts/${sid}/Recordings/${recording}.mp3`;
}
