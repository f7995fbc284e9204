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
 * believed only where the test of the address saw that they name whoever asks. Without any address nobody outside is led
 * here: nobody's word is taken, and none is needed.
 */
export function judgeClients(
  { kind, state }: Pick<TunnelReading, "kind" | "state">,
  own: Pick<OwnAddress, "address" | "namesClients">,
): ClientJudgement {
  const tunnelNames = kind !== "command" || state.namesClients;
  const proven = own.address === undefined ? tunnelNames : tunnelNames && own.namesClients;
  if (kind === "none" && own.address === undefined) return { namesClients: false, tellsLocal: true };
  return { namesClients: proven, tellsLocal: proven };
}
