// Whom to believe about where a request comes from. Everything through a tunnel arrives from this computer, so only what
// the tunnel adds tells its clients apart from programs here. Pure; asked by the public listener at each request.
import type { TunnelReading } from "./create-tunnel.ts";

export interface ClientJudgement {
  /** The last hop on this computer names its client in X-Forwarded-For: exactly that one entry is believed. */
  readonly namesClients: boolean;
  /** A request without a trace of a proxy can only be from a program on this computer. */
  readonly tellsLocal: boolean;
}

/**
 * ngrok and Cloudflare always name the client. A command may be a plain pipe (`ssh -R`): what a client writes itself would
 * arrive unchanged, so it is believed only where the test of the address saw that the tunnel adds to it. An own address
 * is led here by a proxy of the brokerage's; without any address nobody's word is taken.
 */
export function judgeClients(
  { kind, state }: Pick<TunnelReading, "kind" | "state">,
  addressSet: boolean,
): ClientJudgement {
  if (kind === "none") return { namesClients: addressSet, tellsLocal: true };
  const names = kind !== "command" || state.namesClients;
  return { namesClients: names, tellsLocal: names };
}
