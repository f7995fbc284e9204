// Whom to believe about where a request comes from. Everything through a tunnel or a proxy may arrive from this computer, so
// only what is added on the way tells its clients apart from programs here. Pure; asked by the public listener at each request.
import type { TunnelReading } from "./create-tunnel.ts";
import type { OwnAddress } from "./watch-address.ts";

export interface ClientJudgement {
  /** The last hop on this computer names its client in X-Forwarded-For: exactly that one entry is believed. */
  readonly namesClients: boolean;
  /** A request without a trace of a proxy can only be from a program on this computer. */
  readonly tellsLocal: boolean;
}

/**
 * ngrok and Cloudflare always name the client. A command may be a plain pipe (`ssh -R`), and a proxy in front of an own
 * address may pass on what it is given and write another Host: what a client says of itself would arrive unchanged. Both are
 * believed only where the test of the address saw that they name whoever asks. Programs here need no key (design 3,
 * `POST /start`) but behind a pipe, or behind a proxy that was seen to hide who asks: an address that does not answer from
 * here, as behind many routers, has shown nothing.
 */
export function judgeClients(
  { kind, state }: Pick<TunnelReading, "kind" | "state">,
  own: Pick<OwnAddress, "address" | "namesClients" | "hidesClients">,
): ClientJudgement {
  const pipe = kind === "command" && !state.namesClients;
  const ownNames = own.address === undefined ? kind !== "none" : own.namesClients;
  return { namesClients: !pipe && ownNames, tellsLocal: !pipe && !own.hidesClients };
}
