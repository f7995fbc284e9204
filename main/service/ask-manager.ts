// Asks the computer's own service manager how the gateway stands. Only asks: starting and stopping are the person's.
import { spawnSync } from "node:child_process";
import { LAUNCHD_LABEL, SERVICE_NAME, type ServicePlan } from "./service-plan.ts";

const LIMIT_MS = 5_000;

/** `unknown`: the manager is not there or did not answer. */
export type Running = "running" | "stopped" | "unknown";

export function askManager(plan: Pick<ServicePlan, "kind" | "ofUser">): Running {
  if (plan.kind === "windows") return "unknown";
  if (plan.kind === "launchd") {
    const domain = plan.ofUser ? `gui/${process.getuid?.() ?? ""}` : "system";
    const { status, stdout } = ask("launchctl", ["print", `${domain}/${LAUNCHD_LABEL}`]);
    if (status === null) return "unknown";
    return status === 0 && /state = running/.test(stdout) ? "running" : "stopped";
  }
  const { stdout } = ask("systemctl", [...(plan.ofUser ? ["--user"] : []), "is-active", SERVICE_NAME]);
  const word = stdout.trim();
  if (/^(?:active|activating|reloading|deactivating)$/.test(word)) return "running";
  return /^(?:inactive|failed)$/.test(word) ? "stopped" : "unknown";
}

function ask(program: string, options: readonly string[]): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(program, options, { encoding: "utf8", timeout: LIMIT_MS });
  return { status, stdout: stdout ?? "" };
}
