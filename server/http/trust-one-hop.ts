// Which of the addresses a request came by are believed (Express, "trust proxy"): the tunnel's or proxy's on this computer,
// and exactly the one entry it added. What stands before that was written by whoever asks.
import type { ClientJudgement } from "../tunnel/judge-clients.ts";
import { isLoopbackAddress } from "./is-local-program.ts";

/** `hop` 0 is the connection itself. */
export const trustOneHop =
  (clients: () => ClientJudgement) =>
  (address: string, hop: number): boolean =>
    hop === 0 && isLoopbackAddress(address) && clients().namesClients;
