// Asks right before a contact is rung whether they still may be: minutes may have passed since the rules were asked for the
// launch, while the agent's phone rang. What it says is kept, so that the call's story tells why nobody was called.
import type { ChannelOrder } from "../channel.ts";
import { remember } from "./call-context.ts";
import { callEvent } from "./call-events.ts";
import type { TwilioDeps, Withheld } from "./twilio-deps.ts";

/** Undefined: ring them. `sid`: the agent's leg. */
export async function withholdCall(
  deps: TwilioDeps,
  order: ChannelOrder,
  { attempt, sid }: { readonly attempt: number; readonly sid: string },
): Promise<Withheld | undefined> {
  const why = await deps.rulesNow?.withheld(order);
  if (why === undefined) return undefined;
  await remember(deps, order, callEvent("call.withheld", sid, deps.clock.now(), { attempt, sid, why }));
  return why;
}
