// `service install | print | status | uninstall`: the gateway as a service of this computer. For another system everything is
// only printed.
import { mkdirSync, realpathSync } from "node:fs";
import { consoleAddress, GatewayError } from "../../server/index.ts";
import type { CliFlags } from "../cli-options.ts";
import { dataFolderOf } from "../common-flags.ts";
import { ensurePages } from "../ensure-pages.ts";
import { makeHost } from "../host-options.ts";
import { askManager } from "../service/ask-manager.ts";
import { chooseKind, ownKind } from "../service/choose-kind.ts";
import {
  checkUntouched,
  type Definition,
  ensureVaultKey,
  installDefinition,
  removeDefinition,
  standingOf,
} from "../service/install-files.ts";
import { launchdPlist } from "../service/launchd-plist.ts";
import { sayStep, stepsAfterInstall, stepsBeforeRemoval } from "../service/next-steps.ts";
import { type Standing, withMark } from "../service/own-mark.ts";
import { exampleMachine, planService, type ServicePlan, thisMachine } from "../service/service-plan.ts";
import { systemdUnit } from "../service/systemd-unit.ts";
import { windowsNotes } from "../service/windows-notes.ts";

const COMMANDS = { install, print, status, uninstall } as const;

interface Call {
  readonly plan: ServicePlan;
  readonly flags: CliFlags;
  /** Whether the definition is for this computer. */
  readonly here: boolean;
}

export async function serviceCommand(flags: CliFlags, rest: readonly string[]): Promise<void> {
  const [name = "", ...more] = rest;
  const run = Object.entries(COMMANDS).find(([known]) => known === name)?.[1];
  if (run === undefined || more.length > 0)
    throw new GatewayError("invalid_request", {
      sentence: `Say what to do: service ${Object.keys(COMMANDS).join(" | ")}`,
    });
  const kind = chooseKind(textOf(flags.for), process.platform);
  const here = kind === ownKind(process.platform);
  const machine = here
    ? thisMachine(realpathSync(process.argv[1] ?? ""), dataFolderOf(flags, process.env))
    : exampleMachine(kind);
  const dataDir = flags["data-dir"];
  const plan = planService(
    {
      kind,
      ofUser: flags.user === true,
      runAs: textOf(flags["run-as"]),
      dataDir: here && dataDir !== undefined ? dataFolderOf(flags, process.env) : dataDir,
      vaultKeyFile: flags["vault-key-file"],
      serveOptions: serveOptions(flags),
    },
    machine,
  );
  await run({ plan, flags, here });
}

const textOf = (value: string | boolean | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

/** Checked as `serve` would, since a service that cannot start says so only in its log. */
function serveOptions(flags: CliFlags): readonly string[] {
  makeHost({ ...flags, "vault-key-file": undefined }, {}, () => undefined);
  const names = ["port", "admin-port", "host"] as const;
  return names.flatMap((name) => (flags[name] === undefined ? [] : [`--${name}`, flags[name]]));
}

const say = (text: string): void => void process.stdout.write(text);

function definitionText(plan: ServicePlan): string {
  if (plan.kind === "windows") return windowsNotes(plan);
  return withMark(plan.kind === "launchd" ? launchdPlist(plan) : systemdUnit(plan));
}

const definitionOf = (plan: ServicePlan): Definition => ({
  file: plan.file ?? "",
  text: definitionText(plan),
});

async function print({ plan }: Call): Promise<void> {
  say(definitionText(plan));
}

async function install({ plan, flags, here }: Call): Promise<void> {
  const definition = definitionOf(plan);
  if (plan.kind === "windows") return say(definition.text);
  const steps = `${stepsAfterInstall(plan).map(sayStep).join("")}`;
  if (!here || flags["dry-run"] === true) {
    const why = here ? "Nothing was written." : "This is for another computer, so nothing was written.";
    const paths = here ? "" : " Put the gateway's own folder there in place of the one shown.";
    return say(`${why} ${definition.file} would be:${paths}\n\n${definition.text}\nThen:\n${steps}`);
  }
  await ensurePages(makeHost(flags, {}, () => undefined).pagesDir, (line) => say(`${line}\n`));
  // Both refusals before anything is written.
  checkUntouched(definition, flags.force === true, "written over");
  const key = ensureVaultKey(plan.vaultKeyFile, plan.dataDir, process.env.GATEWAY_VAULT_KEY || undefined);
  say(`${INSTALLED[installDefinition(definition, flags.force === true)]} ${definition.file}\n`);
  say(
    key === "made"
      ? `The key that opens the gateway's stored keys was put into ${plan.vaultKeyFile}. Keep a copy of it in a safe place.\n`
      : `The key in ${plan.vaultKeyFile} was left as it is.\n`,
  );
  if (plan.ofUser) mkdirSync(plan.dataDir, { recursive: true, mode: 0o700 });
  say(`Data folder: ${plan.dataDir}\n\nNow:\n${steps}`);
}

const INSTALLED: Readonly<Record<Standing, string>> = {
  absent: "Written:",
  same: "Already there, unchanged:",
  older: "Brought up to date:",
  changed: "Written over what was changed by hand:",
};

async function uninstall({ plan, flags, here }: Call): Promise<void> {
  if (!here || plan.kind === "windows")
    return say(
      plan.kind === "windows"
        ? definitionText(plan)
        : `This is for another computer. There, remove ${plan.file}.\n`,
    );
  const first = stepsBeforeRemoval(plan).map(sayStep).join("");
  if (askManager(plan) === "running")
    throw new GatewayError("wrong_state", {
      sentence: `The service is running. First:\n${first}`,
    });
  const definition = definitionOf(plan);
  if (removeDefinition(definition, flags.force === true) === "absent")
    return say(`There is no service at ${definition.file}.\n`);
  say(
    `Removed: ${definition.file}\nThe data folder ${plan.dataDir} and the key in ${plan.vaultKeyFile} were left as they are.\n`,
  );
}

async function status({ plan, here }: Call): Promise<void> {
  if (!here || plan.kind === "windows")
    return say(
      "How a service stands can only be told on its own computer; on Windows, see Task Scheduler or Services.\n",
    );
  const definition = definitionOf(plan);
  const standing = standingOf(definition);
  say(`${STANDINGS[standing]} ${definition.file}\n`);
  if (standing === "absent") process.exitCode = 1;
  else say(`${RUNNING[askManager(plan)]}\n`);
  const address = consoleAddress(plan.dataDir);
  if (address !== null) say(`Its console: ${address}\n`);
}

const STANDINGS: Readonly<Record<Standing, string>> = {
  absent: "Not installed:",
  same: "Installed:",
  older: "Installed with other options or by another version; “service install” brings it up to date:",
  changed: "Installed and changed by hand since:",
};

const RUNNING = {
  running: "It is running.",
  stopped: "It is not running.",
  unknown: "Whether it is running cannot be told: the service manager does not answer here.",
} as const;
