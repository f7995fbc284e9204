// What about the public address waits for a person: a tunnel that does not come up, apps that point at an earlier address,
// an address that will not last.
import type { Need } from "../../../shared/console/home.schema.ts";
import { keepsItsAddress } from "../../../shared/tunnel-settings.schema.ts";
import { isLasting } from "../../tunnel/say-trouble.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { PLACES } from "../console-places.ts";
import { readMove } from "./read-tunnel.ts";

/** Openings in a row that failed before somebody is asked; what only a person can mend is told at once. */
const PATIENCE = 3;

export async function tunnelNeeds(deps: AdminDeps): Promise<Need[]> {
  return [...downNeeds(deps), ...(await movedNeeds(deps)), ...unstableNeeds(deps)];
}

const base = { tenant: null, action: PLACES.address(), evidence: null } as const;

function downNeeds({ tunnel }: AdminDeps): Need[] {
  const { kind, state } = tunnel.read();
  const { trouble } = state;
  if (kind === "none" || trouble === null) return [];
  const told = isLasting(trouble) || state.tries >= PATIENCE || trouble.code === "page_in_front";
  if (!told) return [];
  const severity = trouble.code === "page_in_front" ? "warn" : "error";
  return [
    { ...base, id: `tunnel/${trouble.code}`, severity, sentence: trouble.sentence, remedy: trouble.remedy },
  ];
}

async function movedNeeds(deps: AdminDeps): Promise<Need[]> {
  const moved = await readMove(deps);
  if (moved === null) return [];
  const whose = moved.tenants.join(", ");
  return [
    {
      ...base,
      id: `address-moved/${moved.at}`,
      severity: "error",
      sentence: `The public address changed from ${moved.from} to ${deps.settings.publicAddress() ?? "none"}. Apps in Follow Up Boss still open the earlier one and fail: ${whose}.`,
      remedy:
        "Change the addresses of the apps in Follow Up Boss to the new ones. Webhooks were moved already.",
    },
  ];
}

function unstableNeeds({ settings }: AdminDeps): Need[] {
  if (settings.publicAddressFrom() !== "tunnel" || keepsItsAddress(settings.platform())) return [];
  if (settings.current().tenants.length === 0) return [];
  return [
    {
      ...base,
      id: "address-unstable",
      severity: "warn",
      sentence:
        "The tunnel gets another address whenever it is opened anew. Each time the apps in Follow Up Boss stop opening until somebody changes them there.",
      remedy: "Use a tunnel with an own domain for daily work.",
    },
  ];
}
