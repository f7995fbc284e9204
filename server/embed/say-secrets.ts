// The secret doctor's words: what a secret is called, which mistake was made, what mends it.
import type { SecretMistake } from "../../shared/console/secret-doctor.schema.ts";
import type { SecretName } from "../settings/settings-room.ts";
import type { EmbedApp } from "./embed-candidates.ts";

export const APP_NAMES: Readonly<Record<EmbedApp, string>> = {
  embed: "single-contact",
  campaign: "campaign",
};

/** "the brokerage's campaign app secret", "the gateway's system key". */
export function sayOrigin(name: SecretName): string {
  const parts = name.split("/");
  const what = WHAT[(parts.at(-1) ?? "").toLowerCase()] ?? parts.at(-1) ?? "";
  if (parts[0] === "platform") return `the gateway's ${what}`;
  return parts[0] === "user"
    ? `the ${what} of the agent ${parts[2] ?? ""}`
    : `the ${what} of “${parts[1] ?? ""}”`;
}

const WHAT: Readonly<Record<string, string>> = {
  fub_embedded_app_secret: "single-contact app secret",
  fub_campaign_embedded_app_secret: "campaign app secret",
  fub_system_key: "system key",
};

interface MistakeFacts {
  readonly app: EmbedApp;
  readonly tenant: string | null;
  readonly fits: SecretName | null;
}

export function sayMistake(mistake: SecretMistake, { app, tenant, fits }: MistakeFacts): string {
  const name = APP_NAMES[app];
  const fitting = fits ? sayOrigin(fits) : "";
  switch (mistake) {
    case "other_app":
      return `The ${name} app was opened, but it is signed with ${fitting}: the secrets of the two apps are swapped, or the app in Follow Up Boss has the other app's address.`;
    case "blanks":
      return `${capital(fitting)} fits once the blanks, quotes or invisible characters in it are taken out.`;
    case "wrong_tenant":
      return `The signature fits ${fitting}, but the app was opened for “${tenant ?? ""}”.`;
    case "system_key":
      return "Only the system key could be tried, and it does not fit: the app's own secret was never entered, or the system key has changed.";
    case "no_secret":
      return "No secret is set that could have signed this app.";
    case "damaged":
      return "What Follow Up Boss sent was cut off or changed on the way, so nothing could be checked.";
    case "not_from_fub":
      return "The address was opened outside Follow Up Boss: nothing signed came with it.";
    default:
      return "The signature fits none of the secrets that are set here.";
  }
}

export function sayRemedy(mistake: SecretMistake, { app, tenant, fits }: MistakeFacts): string {
  const name = APP_NAMES[app];
  const field = app === "campaign" ? "fub_campaign_embedded_app_secret" : "fub_embedded_app_secret";
  switch (mistake) {
    case "other_app":
      return `Each app has its own secret. Enter the one of the ${name} app as ${field}, and check that the two apps have their own addresses in Follow Up Boss.`;
    case "blanks":
      return "Enter the secret once more, without anything before, in or after it.";
    case "wrong_tenant":
      return `Check the end of the app's address: ?domain_name= should name “${fits?.split("/")[1] ?? ""}”, or enter the secret for “${tenant ?? ""}” as well.`;
    case "damaged":
      return "Reload the page in Follow Up Boss. If it stays, look for a proxy that rewrites addresses.";
    case "not_from_fub":
      return "Open the app from inside Follow Up Boss. If this came from there, the app's address was not saved as an embedded app.";
    default:
      return `Open Follow Up Boss, Admin, Embedded Apps, copy the secret of the ${name} app and enter it as ${field}.`;
  }
}

/** The screen on which it is mended. */
export function sayWhere({ tenant, fits }: MistakeFacts): string {
  if (tenant === null || fits?.startsWith("platform/")) return "/settings/platform";
  return fits?.startsWith(`user/${tenant}/`)
    ? `/agents/${encodeURIComponent(tenant)}`
    : `/setup/${encodeURIComponent(tenant)}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
