// The way in from the internet, as the settings say at the time. Built by compose.ts; started once the listener is open.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Host } from "./host.ts";
import type { ProcessLog } from "./log/process-log.ts";
import type { SettingsRoom } from "./settings/settings-room.ts";
import { type AddressRecord, createAddressRecord } from "./tunnel/address-record.ts";
import { createTunnel, type Tunnel } from "./tunnel/create-tunnel.ts";
import { type ClientJudgement, judgeClients } from "./tunnel/judge-clients.ts";
import { createNgrokTunnel, loadNgrok } from "./tunnel/open-ngrok.ts";
import { createProgramTunnel } from "./tunnel/open-program.ts";
import type { TunnelConfig } from "./tunnel/open-tunnel.ts";
import { createHealthProof, type HealthProof } from "./tunnel/prove-health.ts";
import type { Trouble } from "./tunnel/say-trouble.ts";
import { createAddressTest } from "./tunnel/test-address.ts";
import { TUNNEL_POLICY } from "./tunnel/tunnel-state.ts";
import { type AddressWatch, createAddressWatch } from "./tunnel/watch-address.ts";

/** Beside the database: which address was in force last. */
const RECORD_FILE = "public-address.json";

export interface TunnelDoor {
  readonly tunnel: Tunnel;
  /** SERVER_URL, where no tunnel gives the address. */
  readonly ownAddress: AddressWatch;
  /** Both at once, for the rest of this run; resolves when nothing of the tunnel is left. */
  readonly stopTunnel: () => Promise<void>;
  readonly tunnelFollowers: TunnelFollowers;
  readonly addressRecord: AddressRecord;
  readonly healthProof: HealthProof;
  /** Whom to believe about where requests come from. */
  readonly clients: () => ClientJudgement;
}

/** What is to happen when the tunnel is up or in trouble; known only once everything else is built. */
export interface TunnelFollowers {
  onUp(url: string): Promise<void>;
  onTrouble(trouble: Trouble): Promise<void>;
}

export interface TunnelDoorDeps {
  readonly host: Host;
  readonly settings: SettingsRoom;
  readonly log: ProcessLog;
  /** In [0, 1). */
  readonly random: () => number;
}

export function connectTunnel({ host, settings, log, random }: TunnelDoorDeps): TunnelDoor {
  const { clock, environment, tunnelPolicy: policy = TUNNEL_POLICY } = host;
  const tunnelFollowers: TunnelFollowers = { onUp: async () => {}, onTrouble: async () => {} };
  const onError = (error: unknown): void => log.error("tunnel", "the tunnel could not be followed up", error);
  const healthProof = createHealthProof({
    key: randomBytes(32).toString("base64url"),
    newNonce: () => randomBytes(18).toString("base64url"),
  });
  const addressRecord = createAddressRecord({
    file: join(host.dataDir, RECORD_FILE),
    now: clock.now,
    onError,
  });
  const program = createProgramTunnel({ environment, platform: process.platform });
  const ngrok = createNgrokTunnel(host.loadNgrok ?? loadNgrok, host.version, clock.sleep);
  const test = createAddressTest({ proof: healthProof, fetch: globalThis.fetch, limitMs: policy.answerMs });
  const address = (): string | undefined =>
    settings.publicAddressFrom() === "tunnel" ? undefined : settings.publicAddress();
  const ownAddress = createAddressWatch({ clock, random, address, test, policy });
  const tunnel = createTunnel({
    clock,
    random,
    config: () => readConfig(settings),
    open: { ngrok, cloudflared: program, command: program },
    test,
    record: addressRecord,
    onAddress: settings.setTunnelAddress,
    onUp: (url) => tunnelFollowers.onUp(url),
    onTrouble: (trouble) => tunnelFollowers.onTrouble(trouble),
    onError,
    policy,
  });
  return {
    tunnel,
    ownAddress,
    stopTunnel: () => {
      ownAddress.stop();
      return tunnel.stop();
    },
    tunnelFollowers,
    addressRecord,
    healthProof,
    clients: () => judgeClients(tunnel.read(), ownAddress.read()),
  };
}

function readConfig(settings: SettingsRoom): TunnelConfig {
  const { tunnel, tunnel_domain, cloudflared_path, tunnel_command, tunnel_address } = settings.platform();
  const secret = (name: keyof TunnelConfig["secrets"]): string | undefined =>
    settings.secret(`platform/${name}`) || undefined;
  return {
    tunnel,
    tunnel_domain,
    cloudflared_path,
    tunnel_command,
    tunnel_address,
    secrets: { ngrok_authtoken: secret("ngrok_authtoken"), cloudflared_token: secret("cloudflared_token") },
  };
}
