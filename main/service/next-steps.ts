// What a person does after a definition was written or removed, in words and commands to copy.
import { launchdLog } from "./launchd-plist.ts";
import { LAUNCHD_LABEL, SERVICE_NAME, type ServicePlan } from "./service-plan.ts";
import { shellWord } from "./shell-word.ts";

/** One step: why, and the command for it. */
export type Step = readonly [why: string, command: string];

/** From a written definition to a running gateway. */
export const stepsAfterInstall = (plan: ServicePlan): readonly Step[] =>
  plan.kind === "launchd" ? launchdSteps(plan) : systemdSteps(plan);

/** What must be done before the definition may go. */
export function stepsBeforeRemoval(plan: ServicePlan): readonly Step[] {
  if (plan.kind === "launchd")
    return [
      ["Stop it and forget it", `${sudo(plan)}launchctl bootout ${launchdDomain(plan)}/${LAUNCHD_LABEL}`],
    ];
  return [["Stop it and take it out of the start", `${systemctl(plan)} disable --now ${SERVICE_NAME}`]];
}

export const sayStep = ([why, command]: Step, index: number): string =>
  `  ${index + 1}. ${why}:\n       ${command}\n`;

/** The same command line that serves, asked for the address. */
function consoleStep(plan: ServicePlan): Step {
  const program = plan.command.slice(0, plan.command.indexOf("serve"));
  const options = ["service", "status", ...(plan.ofUser ? ["--user"] : []), "--data-dir", plan.dataDir];
  return ["Get the console's address", `${sudo(plan)}${[...program, ...options].map(shellWord).join(" ")}`];
}

const sudo = ({ ofUser }: ServicePlan): string => (ofUser ? "" : "sudo ");
const systemctl = ({ ofUser }: ServicePlan): string => (ofUser ? "systemctl --user" : "sudo systemctl");
const launchdDomain = ({ ofUser }: ServicePlan): string => (ofUser ? "gui/$(id -u)" : "system");

function systemdSteps(plan: ServicePlan): readonly Step[] {
  const { runAs, dataDir } = plan;
  const folder: readonly Step[] =
    runAs !== null && !dataDir.startsWith("/var/lib/")
      ? [
          [
            "Make the data folder, for the service's user alone",
            `sudo install -d -m 700 -o ${shellWord(runAs)} ${shellWord(dataDir)}`,
          ],
        ]
      : [];
  const user: readonly Step[] =
    runAs === SERVICE_NAME
      ? [
          [
            "Make the user it runs as, if there is none yet",
            `sudo useradd --system --home-dir ${shellWord(dataDir)} --no-create-home --shell /usr/sbin/nologin ${runAs}`,
          ],
        ]
      : [];
  const linger: readonly Step[] = plan.ofUser
    ? [["Let it run while you are not signed in", "loginctl enable-linger"]]
    : [];
  return [
    ...user,
    ...folder,
    ...linger,
    [
      "Start it now and with the computer",
      `${systemctl(plan)} daemon-reload && ${systemctl(plan)} enable --now ${SERVICE_NAME}`,
    ],
    consoleStep(plan),
    ["See what it says", `${plan.ofUser ? "journalctl --user" : "sudo journalctl"} -u ${SERVICE_NAME} -f`],
  ];
}

function launchdSteps(plan: ServicePlan): readonly Step[] {
  const { runAs, dataDir, file } = plan;
  const owner: readonly Step[] =
    runAs === null
      ? []
      : [
          [
            `Make the user ${runAs}, if there is none yet, and give it the data folder and the key`,
            `sudo sysadminctl -addUser ${shellWord(runAs)} -roleAccount -UID 299 && sudo install -d -m 700 -o ${shellWord(runAs)} ${shellWord(dataDir)} && sudo chown ${shellWord(runAs)} ${shellWord(plan.vaultKeyFile)}`,
          ],
        ];
  return [
    ...owner,
    [
      "Start it now and at every start of the computer",
      `${sudo(plan)}launchctl bootstrap ${launchdDomain(plan)} ${shellWord(file ?? "")}`,
    ],
    consoleStep(plan),
    ["See what it says", `${sudo(plan)}tail -f ${shellWord(launchdLog(plan))}`],
  ];
}
