// What a kind of tunnel is to the supervisor: something that is opened, tells what happens, and is closed again.
import type { PlatformSettings } from "../../shared/settings.schema.ts";
import type { TUNNEL_SECRETS, tunnelFields } from "../../shared/tunnel-settings.schema.ts";
import type { Trouble } from "./say-trouble.ts";

/** Where the public listener listens: the only thing a tunnel is ever led to. */
export interface TunnelTarget {
  readonly host: string;
  readonly port: number;
}

/** What a tunnel is opened with; two that are equal need no new opening. */
export interface TunnelConfig
  extends Required<Pick<PlatformSettings, Exclude<keyof typeof tunnelFields, "tunnel_address">>> {
  readonly tunnel_address: string | undefined;
  readonly secrets: { readonly [Name in keyof typeof TUNNEL_SECRETS]: string | undefined };
}

export interface TunnelHooks {
  /** An address that may lead here. */
  readonly onAddress: (url: string) => void;
  /** It is over; told once at most, and not after `close` was asked for. */
  readonly onEnd: (trouble: Trouble) => void;
  /** A line for people, secrets taken out. */
  readonly onOutput: (line: string) => void;
}

export interface OpenedTunnel {
  /** Resolves when nothing of it is left. */
  close(): Promise<void>;
}

/** What goes wrong is told to `onEnd`; what is thrown at once counts as a program that cannot be started. */
export type OpenTunnel = (config: TunnelConfig, target: TunnelTarget, hooks: TunnelHooks) => OpenedTunnel;

/** An address other programs on this computer reach the listener at. */
export function localUrl({ host, port }: TunnelTarget): string {
  const name = reachableHost(host);
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

export const reachableHost = (host: string): string =>
  host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
