// A sentence of the gateway as it may stand in a support bundle: its own words stay, every other word and every number is
// left out.
import { BUNDLE_WORDS } from "./bundle-words.ts";

/** Names of settings and products that stay as they are. */
const OWN_NAMES = new Set([
  "Follow",
  "Up",
  "Boss",
  "Aventora",
  "Hub",
  "API",
  "URL",
  "SERVER_URL",
  "INTERNAL_START_URL",
  "FUB_SYSTEM_KEY",
  "FUB_EMBEDDED_APP_SECRET",
  "FUB_CAMPAIGN_EMBEDDED_APP_SECRET",
  "fub_api_key",
  "fub_sync_contacts",
  "fub_embedded_app_secret",
  "fub_campaign_embedded_app_secret",
  "fub_start_call_tag",
  "call_management_api_key",
]);

/** Sign between what was left out; several in a row are one. */
const GAP = "…";

export function leaveOutNames(text: string): string {
  const parts = text.match(/[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_]+/gu) ?? [];
  return parts
    .map((part, nth) => keep(part, nth === 0 || /[.!?:]\s*$/.test(parts[nth - 1] ?? "")))
    .join("")
    .replace(/…[\s…]*…/g, GAP);
}

/** A capital in the middle of a sentence begins a name. */
function keep(part: string, begins: boolean): string {
  if (!/[\p{L}\p{M}\p{N}_]/u.test(part))
    return /^[\s.,:;!?()/-]+$/.test(part) ? part : part.replace(/[^\s.,:;!?()/-]/gu, GAP);
  if (OWN_NAMES.has(part)) return part;
  const lower = part.toLowerCase();
  const isPlain = part === lower || (begins && part === lower.charAt(0).toUpperCase() + lower.slice(1));
  return isPlain && BUNDLE_WORDS.has(lower) ? part : GAP;
}
