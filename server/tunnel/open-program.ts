// Opens a tunnel that a program makes: cloudflared, or any command. Called by the supervisor for these kinds.
import { redactText } from "../base/redact-text.ts";
import { plainLine } from "./find-address.ts";
import { environmentFor, findProgram, type ProgramPlaces } from "./find-program.ts";
import type { OpenedTunnel, OpenTunnel, TunnelConfig, TunnelHooks } from "./open-tunnel.ts";
import { type ProgramPlan, planProgram } from "./plan-program.ts";
import { type ProgramExit, type RunningProgram, runProgram } from "./run-program.ts";
import { isLasting, type Trouble, trouble } from "./say-trouble.ts";

const LONGEST_SHOWN = 300;
const NOTHING: OpenedTunnel = { close: async () => undefined };

export function createProgramTunnel(places: ProgramPlaces): OpenTunnel {
  return (config, target, hooks) => {
    const plan = planProgram(config, target, places.platform);
    if ("code" in plan) return endedAtOnce(hooks, plan);
    const program = findProgram(plan.program, places);
    if (program === undefined) return endedAtOnce(hooks, trouble("not_installed", plan.program));
    return runPlan(plan, { program, env: environmentFor(places.environment, plan.env) }, places.platform, {
      ...hooks,
      onOutput: (line) => hooks.onOutput(showable(line, config)),
    });
  };
}

function endedAtOnce({ onEnd }: TunnelHooks, why: Trouble): OpenedTunnel {
  // Not before the caller holds what was opened.
  queueMicrotask(() => onEnd(why));
  return NOTHING;
}

function runPlan(
  plan: ProgramPlan,
  { program, env }: { readonly program: string; readonly env: Readonly<Record<string, string>> },
  platform: string,
  hooks: TunnelHooks,
): OpenedTunnel {
  let over = false;
  let hint: Trouble | undefined;
  const end = (why: Trouble): void => {
    if (over) return;
    over = true;
    hooks.onEnd(why);
  };
  const onLine = (line: string): void => {
    if (over) return;
    hooks.onOutput(line);
    const { addresses = [], trouble: told } = plan.read(line);
    for (const address of addresses) hooks.onAddress(address);
    if (told === undefined) return;
    hint = told;
    // It would go on trying what cannot work.
    if (isLasting(told)) end(told);
  };
  const running: RunningProgram = runProgram({
    program,
    args: plan.args,
    env,
    platform,
    onLine,
    onExit: (exit) => end(hint ?? sayExit(exit)),
  });
  if (plan.address !== undefined) {
    const { address } = plan;
    queueMicrotask(() => over || hooks.onAddress(address));
  }
  return {
    close: async () => {
      over = true;
      await running.stop();
    },
  };
}

function sayExit(exit: ProgramExit): Trouble {
  if ("failure" in exit) return trouble("not_startable", redactText(exit.failure));
  if ("signal" in exit) return trouble("ended", `its program was ended from outside (${exit.signal})`);
  if (exit.code === 126 || exit.code === 127)
    return trouble("not_startable", `this computer cannot run it (code ${exit.code})`);
  return trouble("ended", `its program ended with code ${exit.code}`);
}

/** Tokens go by their value too: a program may print them in a form no rule knows. */
function showable(line: string, { secrets }: TunnelConfig): string {
  const values = Object.values(secrets).filter((value) => value !== undefined && value.length > 3);
  const bare = values.reduce<string>((text, value) => text.replaceAll(value as string, "…"), plainLine(line));
  return redactText(bare).slice(0, LONGEST_SHOWN);
}
