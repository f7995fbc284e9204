// What the person writes back when a message has arrived. Called by create-twilio-world.
import type { Session } from "../create-session.ts";
import type { TwilioState } from "../twilio-state.ts";
import { bareNumber, type TwilioMessage } from "./message-types.ts";
import { receiveMessage } from "./receive-message.ts";

/** The next of their replies, when there is one left. */
export function replyByScript(state: TwilioState, message: TwilioMessage, session: Session): void {
  const person = state.person(bareNumber(message.to));
  const body = person.script.replies[person.repliesGiven];
  const { from } = message;
  if (body === undefined || from === null) return;
  person.repliesGiven += 1;
  state.track(
    writeBack(state, { from: message.to, to: from, body }, person.script.replyAfterMs, session.fork()),
  );
}

async function writeBack(
  state: TwilioState,
  inbound: { from: string; to: string; body: string },
  afterMs: number,
  session: Session,
): Promise<void> {
  const { era } = state;
  try {
    await session.wait(afterMs, era);
    receiveMessage(state, inbound, session.now());
  } catch (thrown) {
    if (!era.aborted) throw thrown;
  }
}
