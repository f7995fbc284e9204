// The gateway as a systemd unit: started with the machine (or, with --user, with its owner), started again when it fails, and
// shut in so that it can write nothing but its data folder.
import { SERVICE_TITLE, type ServicePlan } from "./service-plan.ts";
import { unitCommand, unitText, unitWord } from "./systemd-quote.ts";

/** The name under which systemd hands the key over; main/read-vault-key.ts looks for it. */
export const VAULT_CREDENTIAL = "GATEWAY_VAULT_KEY";
const STATE_ROOT = "/var/lib/";

export const systemdUnit = (plan: ServicePlan): string => `[Unit]
Description=${SERVICE_TITLE}
Documentation=man:systemd.service(5)
Wants=network-online.target
After=network-online.target
# A port that is taken becomes free again some day: never give up.
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=${unitCommand(plan.command)}
Restart=on-failure
RestartSec=10
# A wrong command line does not become right by repetition.
RestartPreventExitStatus=2
# The gateway finishes what it is doing within five seconds, then hands the rest back to its queue.
KillMode=mixed
TimeoutStopSec=30
UMask=0077
# The ready line holds the token of the console, which is not for the journal; “service status” tells it. The log goes there.
StandardOutput=null
StandardError=journal
${owner(plan)}
# More variables than the options on the line above, if there is such a file: NAME=value, a line each.
EnvironmentFile=-${unitText(plan.environmentFile)}

NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths=${unitWord(plan.dataDir)}
PrivateTmp=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallArchitectures=native
${plan.ofUser ? USER_WALLS : machineWalls(plan)}
[Install]
WantedBy=${plan.ofUser ? "default.target" : "multi-user.target"}
`;

function owner(plan: ServicePlan): string {
  if (plan.ofUser) return "# Runs as the person whose service this is.";
  // systemd makes folders below /var/lib itself, for this user alone.
  const state = plan.dataDir.startsWith(STATE_ROOT) ? plan.dataDir.slice(STATE_ROOT.length) : "";
  const folder = state === "" ? "" : `StateDirectory=${unitWord(state)}\nStateDirectoryMode=0700\n`;
  return `User=${plan.runAs ?? ""}
${folder}# The key of the vault: read by systemd and handed over in memory, never in this file or the environment.
LoadCredential=${VAULT_CREDENTIAL}:${unitText(plan.vaultKeyFile)}`;
}

/** A user's manager can only shut in what it may map to itself. */
const USER_WALLS = `# If it ends with status 226/NAMESPACE, this system does not let users shut in their own services: then take the next line,
# ProtectSystem, ReadWritePaths and PrivateTmp away.
PrivateUsers=yes
`;

function machineWalls(plan: ServicePlan): string {
  const paths = [...plan.command.filter((word) => word.startsWith("/")), plan.dataDir];
  const atHome = paths.some((path) => /^\/(?:home|root|run\/user)(?:\/|$)/.test(path));
  return `PrivateDevices=yes
ProtectHome=${atHome ? "read-only" : "yes"}
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RemoveIPC=yes
CapabilityBoundingSet=
`;
}
