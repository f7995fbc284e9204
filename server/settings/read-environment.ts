// What the environment and the command line fix, over the settings file. Called once by open-settings.
import { z } from "zod";
import {
  ENVIRONMENT_SECRETS,
  ENVIRONMENT_SETTINGS,
  type PlatformSettings,
  platformFields,
  platformSchema,
} from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { fieldProblems } from "../base/parse.ts";
import type { SecretName } from "./settings-room.ts";

export type Environment = Readonly<Record<string, string | undefined>>;
export type Flags = Partial<Pick<PlatformSettings, "HOST" | "PORT" | "ADMIN_PORT">>;

export interface Overrides {
  readonly platform: Partial<PlatformSettings>;
  readonly secrets: ReadonlyMap<SecretName, string>;
  /** Platform setting or secret → what fixes it, completing "is fixed by …". */
  readonly locks: ReadonlyMap<string, string>;
  /** GATEWAY_VAULT_KEY, when set. */
  readonly vaultKey: string | undefined;
}

/**
 * Flag over environment. A variable that is empty counts as not set. Throws settings_invalid naming the variable or
 * option whose value cannot be used; the value itself is not repeated.
 */
export function readEnvironment(environment: Environment, flags: Flags): Overrides {
  const platform: Record<string, unknown> = {};
  const locks = new Map<string, string>();
  for (const name of ENVIRONMENT_SETTINGS) {
    const text = variable(environment, name);
    if (text === undefined) continue;
    platform[name] = checked(name, fromText(name, text), "the environment");
    locks.set(name, "the environment");
  }
  for (const [name, value] of Object.entries(flags)) {
    if (value === undefined) continue;
    const option = `the option --${name.toLowerCase().replaceAll("_", "-")}`;
    platform[name] = checked(name as keyof Flags, value, option);
    locks.set(name, option);
  }
  const secrets = new Map<SecretName, string>();
  for (const name of ENVIRONMENT_SECRETS) {
    const text = variable(environment, name);
    if (text === undefined) continue;
    secrets.set(`platform/${name}`, text);
    locks.set(name, "the environment");
  }
  return { platform, secrets, locks, vaultKey: variable(environment, "GATEWAY_VAULT_KEY") };
}

function variable(environment: Environment, name: string): string | undefined {
  const text = environment[name]?.trim();
  return text === "" ? undefined : text;
}

/** Variables are text; settings that are numbers get theirs when it is written in digits. */
function fromText(name: keyof PlatformSettings, text: string): unknown {
  const field = platformFields[name];
  const isNumber = field instanceof z.ZodDefault && field.unwrap() instanceof z.ZodNumber;
  if (!isNumber) return text;
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

function checked(name: keyof PlatformSettings, value: unknown, from: string): unknown {
  const result = platformSchema.shape[name].safeParse(value);
  if (result.success) return result.data;
  const reason = Number.isNaN(value)
    ? "must be a number"
    : (fieldProblems(result.error.issues)[0]?.message ?? "is not valid");
  throw new GatewayError("settings_invalid", {
    sentence: `${name} cannot be used as ${from} sets it: ${reason}.`,
  });
}
