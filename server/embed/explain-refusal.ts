// Why no secret fitted an embed: tries the likely mistakes in turn. For the console's secret doctor only; the page in
// Follow Up Boss is told nothing of it. Called where an embed was refused already, so that opening costs nothing more.
import type { SecretMistake } from "../../shared/console/secret-doctor.schema.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { equalSecret, hmacHex } from "../base/hmac.ts";
import type { SecretName, SettingsRoom } from "../settings/settings-room.ts";
import { candidateNames, type EmbedApp } from "./embed-candidates.ts";

export interface ExplainedRefusal {
  readonly mistake: SecretMistake;
  /** Names of the secrets that were set and tried, in order. */
  readonly tried: readonly SecretName[];
  /** The one that would have fitted. */
  readonly fits: SecretName | null;
  /** How it would have. */
  readonly fitsHow: string | null;
}

export const NO_SECRET_FITS = { fits: null, fitsHow: null } as const;

export interface RefusedSignature {
  readonly app: EmbedApp;
  readonly tenant: Readonly<TenantSettings> | undefined;
  readonly context: string;
  readonly signature: string;
}

/** Secrets of other brokerages that are looked through; anybody can send what is refused. */
const MOST_FOREIGN = 1_000;

export function explainRefusal(
  settings: Pick<SettingsRoom, "current" | "secret">,
  refused: RefusedSignature,
): ExplainedRefusal {
  const { app, tenant } = refused;
  const tried = candidateNames(app, tenant)
    .map(({ name }) => name)
    .filter((name) => settings.secret(name));
  if (tried.length === 0) return { mistake: "no_secret", tried, ...NO_SECRET_FITS };
  if (!/^[0-9a-f]{64}$/.test(refused.signature)) return { mistake: "damaged", tried, ...NO_SECRET_FITS };
  const find = (names: readonly SecretName[], change = (secret: string): string => secret) =>
    names.find((name) => fits(refused, change(settings.secret(name) ?? "")));

  const otherApp = find(otherNames(app, tenant));
  if (otherApp) return { mistake: "other_app", tried, fits: otherApp, fitsHow: AS_IT_IS };
  const blanks = find([...tried, ...otherNames(app, tenant)], withoutBlanks);
  if (blanks) return { mistake: "blanks", tried, fits: blanks, fitsHow: WITHOUT_BLANKS };
  const foreign = find(foreignNames(settings, tenant));
  if (foreign) return { mistake: "wrong_tenant", tried, fits: foreign, fitsHow: AS_IT_IS };
  const onlySystemKey = tried.every((name) => name === "platform/FUB_SYSTEM_KEY");
  return { mistake: onlySystemKey ? "system_key" : "unknown", tried, ...NO_SECRET_FITS };
}

const AS_IT_IS = "as it is";
const WITHOUT_BLANKS = "without the blanks, quotes or invisible characters in it";

const fits = ({ context, signature }: RefusedSignature, secret: string): boolean =>
  secret !== "" && equalSecret(hmacHex(secret, context), signature);

function otherNames(app: EmbedApp, tenant: Readonly<TenantSettings> | undefined): SecretName[] {
  const other: EmbedApp = app === "embed" ? "campaign" : "embed";
  return candidateNames(other, tenant).map(({ name }) => name);
}

/** What copying brings along: blanks, line ends, invisible signs, quotes. */
const withoutBlanks = (secret: string): string => secret.replace(/[\s\p{Cf}"'`“”‘’]/gu, "");

function foreignNames(
  settings: Pick<SettingsRoom, "current" | "secret">,
  tenant: Readonly<TenantSettings> | undefined,
): SecretName[] {
  const others = settings.current().tenants.filter(({ domain_name }) => domain_name !== tenant?.domain_name);
  const names = others.flatMap((other) =>
    (["embed", "campaign"] as const).flatMap((app) => candidateNames(app, other).map(({ name }) => name)),
  );
  return [...new Set(names)]
    .filter((name) => !name.startsWith("platform/") && settings.secret(name))
    .slice(0, MOST_FOREIGN);
}
