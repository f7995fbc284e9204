// The gateway as a launchd property list: an agent of the person (--user) or a daemon of the machine.
import { LAUNCHD_LABEL, type ServicePlan } from "./service-plan.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

export const xmlText = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

type Value = string | number | boolean | readonly string[] | { readonly [key: string]: Value };

/** An integer, text, boolean, list of texts or dictionary, as Apple's DTD wants it. */
function element(value: Value, indent: string): string {
  if (typeof value === "string") return `${indent}<string>${xmlText(value)}</string>`;
  if (typeof value === "number") return `${indent}<integer>${value}</integer>`;
  if (typeof value === "boolean") return `${indent}<${value}/>`;
  const inner = `${indent}  `;
  if (isList(value))
    return [`${indent}<array>`, ...value.map((item) => element(item, inner)), `${indent}</array>`].join("\n");
  const entries = Object.entries(value).flatMap(([key, item]) => [
    `${inner}<key>${xmlText(key)}</key>`,
    element(item, inner),
  ]);
  return [`${indent}<dict>`, ...entries, `${indent}</dict>`].join("\n");
}

const isList = (value: Value): value is readonly string[] => Array.isArray(value);

/** Where launchd lets the gateway write its log. */
export const launchdLog = ({ ofUser, home }: Pick<ServicePlan, "ofUser" | "home">): string =>
  ofUser ? `${home}/Library/Logs/aventora-gateway.log` : "/Library/Logs/aventora-gateway.log";

export const launchdPlist = (plan: ServicePlan): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${element(
  {
    Label: LAUNCHD_LABEL,
    ProgramArguments: plan.command,
    ...(plan.runAs === null ? {} : { UserName: plan.runAs }),
    RunAtLoad: true,
    // Started again when it failed, not when it was told to stop.
    KeepAlive: { SuccessfulExit: false },
    ThrottleInterval: 10,
    ExitTimeOut: 30,
    ProcessType: "Background",
    // 0077, which a property list can only say in decimal.
    Umask: 0o077,
    // The ready line holds the token of the console, which is not for a log; “service status” tells it.
    StandardOutPath: "/dev/null",
    StandardErrorPath: launchdLog(plan),
  },
  "",
)}
</plist>
`;
