// Settings of the public address: who leads the internet to this gateway. Spread into shared/settings.schema.ts.
import { z } from "zod";
import { hostName, publicUrlSchema } from "./settings-parts.ts";

/**
 * none: an own address (SERVER_URL), for example behind a reverse proxy. ngrok: through ngrok's network, built in.
 * cloudflared: Cloudflare's program. command: any program that prints the https address it leads here from.
 */
export const TUNNEL_KINDS = ["none", "ngrok", "cloudflared", "command"] as const;
export const tunnelKindSchema = z.enum(TUNNEL_KINDS);
export type TunnelKind = z.infer<typeof tunnelKindSchema>;

const oneLine = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^\P{Cc}*$/u, "must be one line");

export const tunnelFields = {
  tunnel: tunnelKindSchema
    .default("none")
    .describe(
      "Which way leads here from the internet: none (an own address, SERVER_URL), ngrok, cloudflared, or a command.",
    ),
  tunnel_domain: hostName
    .default("")
    .describe(
      "The domain reserved at ngrok, or the public hostname of the named Cloudflare tunnel; without it the address changes.",
    ),
  cloudflared_path: z
    .string()
    .trim()
    .max(500)
    .regex(/^\P{Cc}*$/u, "must be one line")
    .default("")
    .describe("Full path of the program; looked for in the usual places when empty."),
  tunnel_command: z
    .array(oneLine)
    .max(60)
    .default([])
    .describe(
      "Program and its arguments, one each; {port} and {host} stand for where this gateway listens. No shell reads them.",
    ),
  tunnel_address: publicUrlSchema
    .optional()
    .describe("Address the command always leads here from; found in what the command prints when empty."),
};

export const TUNNEL_SECRETS = {
  ngrok_authtoken: "Authtoken of the brokerage's ngrok account.",
  cloudflared_token: "Token of a named Cloudflare tunnel; without it a quick tunnel is opened.",
} as const;

/** Whether the address stays the same from start to start; apps registered in the CRM depend on it. */
export function keepsItsAddress(platform: {
  readonly tunnel: TunnelKind;
  readonly tunnel_domain: string;
  readonly tunnel_address?: string | undefined;
}): boolean {
  if (platform.tunnel === "none") return true;
  return platform.tunnel === "command"
    ? platform.tunnel_address !== undefined
    : platform.tunnel_domain !== "";
}
