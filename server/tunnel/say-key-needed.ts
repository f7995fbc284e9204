// Why programs on this computer need a key where an own address (SERVER_URL) is set, in words. For the console.
import { type Trouble, trouble } from "./say-trouble.ts";
import type { OwnAddress } from "./watch-address.ts";

const STILL_HIDDEN =
  "When it last led here, it did not tell who is asking: programs on this computer need the brokerage's call-management key to start outreach.";

/** What is wrong with the address, and what follows for programs here. Null: nothing, or the first test has not ended yet. */
export function sayKeyNeeded({ address, hidesClients, lastTest }: OwnAddress): Trouble | null {
  if (address === undefined || lastTest === null) return null;
  const { found } = lastTest;
  if ("code" in found)
    return hidesClients ? { ...found, sentence: `${found.sentence} ${STILL_HIDDEN}` } : found;
  return hidesClients ? trouble("clients_unnamed", address) : null;
}
