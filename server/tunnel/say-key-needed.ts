// Why programs on this computer need a key where an own address (SERVER_URL) is set, in words. For the console.
import { type Trouble, trouble } from "./say-trouble.ts";
import type { OwnAddress } from "./watch-address.ts";

const UNTIL_PROVEN =
  "Until the address is proven to lead here, programs on this computer need the brokerage's call-management key to start outreach.";

/** Null: they need none, or the first test has not ended yet. */
export function sayKeyNeeded({ address, namesClients, lastTest }: OwnAddress): Trouble | null {
  if (address === undefined || lastTest === null) return null;
  const { found } = lastTest;
  if ("code" in found) return { ...found, sentence: `${found.sentence} ${UNTIL_PROVEN}` };
  return namesClients ? null : trouble("clients_unnamed", address);
}
