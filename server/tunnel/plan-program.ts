// Which program a kind of tunnel is, with which arguments, and what its lines mean. Pure; called by open-program.
import { devNull } from "node:os";
import { findAddresses, findQuickTunnel, plainLine } from "./find-address.ts";
import { localUrl, reachableHost, type TunnelConfig, type TunnelTarget } from "./open-tunnel.ts";
import { type Trouble, trouble } from "./say-trouble.ts";

export interface ProgramPlan {
  /** Name to look for, or a path. */
  readonly program: string;
  readonly args: readonly string[];
  /** Variables of its own, where a token would otherwise stand in the list of processes. */
  readonly env: Readonly<Record<string, string>>;
  /** Known before it says anything. */
  readonly address?: string;
  readonly read: (line: string) => Heard;
}

export interface Heard {
  readonly addresses?: readonly string[];
  /** Why it will end, or that it cannot work. */
  readonly trouble?: Trouble;
}

export function planProgram(
  config: TunnelConfig,
  target: TunnelTarget,
  platform: string,
): ProgramPlan | Trouble {
  return config.tunnel === "cloudflared"
    ? planCloudflared(config, target, platform)
    : planCommand(config, target);
}

/** `cloudflared tunnel run` takes its token from TUNNEL_TOKEN; where requests go is set at Cloudflare then. */
function planCloudflared(
  config: TunnelConfig,
  target: TunnelTarget,
  platform: string,
): ProgramPlan | Trouble {
  const { cloudflared_token: token } = config.secrets;
  const domain = config.tunnel_domain;
  const program = config.cloudflared_path || "cloudflared";
  if (token === undefined) {
    if (domain !== "") return trouble("incomplete", "The token of the Cloudflare tunnel is missing");
    // A configuration file of the user's own would lead elsewhere; quick tunnels refuse to start beside one.
    const own = platform === "win32" ? [] : ["--config", devNull];
    const args = ["tunnel", ...own, "--no-autoupdate", "--url", localUrl(target)];
    return { program, args, env: {}, read: readQuickTunnel };
  }
  if (domain === "") return trouble("incomplete", "The public hostname of the Cloudflare tunnel is missing");
  return {
    program,
    args: ["tunnel", "--no-autoupdate", "run"],
    env: { TUNNEL_TOKEN: token },
    read: (line) =>
      REGISTERED.test(line) ? { addresses: [`https://${domain}`] } : readCloudflaredTrouble(line),
  };
}

const REGISTERED = /Registered tunnel connection|INF Connection \S+ registered/;

function readQuickTunnel(line: string): Heard {
  const address = findQuickTunnel(line);
  return address === undefined ? readCloudflaredTrouble(line) : { addresses: [address] };
}

function readCloudflaredTrouble(line: string): Heard {
  const text = plainLine(line);
  if (/Tunnel token is not valid/i.test(text))
    return { trouble: trouble("token_refused", "it is no token of a Cloudflare tunnel") };
  const refused = /Unauthorized: [^"]+/.exec(text)?.[0];
  if (refused !== undefined) return { trouble: trouble("token_refused", refused) };
  if (
    /failed to request quick Tunnel|failed to parse quick Tunnel|failed to unmarshal quick Tunnel/i.test(text)
  )
    return { trouble: trouble("service_refused", text) };
  return {};
}

function planCommand(config: TunnelConfig, target: TunnelTarget): ProgramPlan | Trouble {
  const [program, ...args] = config.tunnel_command.map((part) => fillIn(part, target));
  if (program === undefined) return trouble("incomplete", "No command is entered for the tunnel");
  const address = config.tunnel_address;
  return {
    program,
    args,
    env: {},
    ...(address === undefined ? {} : { address }),
    read: (line) => (address === undefined ? { addresses: findAddresses(line, target.port) } : {}),
  };
}

const fillIn = (part: string, { host, port }: TunnelTarget): string =>
  part.replaceAll("{port}", String(port)).replaceAll("{host}", () => reachableHost(host));
