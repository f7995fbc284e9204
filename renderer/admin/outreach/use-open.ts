// What of Outreach is open at the side, as the route says it: one outreach, one person, one campaign.
import { useCallback, useMemo } from "react";
import { goTo, keptQuery } from "../kit/hash-route.ts";
import { useRest } from "../kit/use-rest.ts";

export type Opened =
  | { readonly kind: "single"; readonly id: string }
  | { readonly kind: "campaign"; readonly id: string }
  | { readonly kind: "person"; readonly id: string; readonly tenant: string };

export function useOpen() {
  const [kind, first, second] = useRest();
  const opened = useMemo((): Opened | null => {
    if (first === undefined) return null;
    if (kind === "e") return { kind: "single", id: first };
    if (kind === "c") return { kind: "campaign", id: first };
    return kind === "p" && second !== undefined ? { kind: "person", tenant: first, id: second } : null;
  }, [kind, first, second]);
  const openSingle = useCallback(
    (id: string) => goTo(`/outreach/e/${encodeURIComponent(id)}${keptQuery()}`),
    [],
  );
  const openCampaign = useCallback(
    (id: string) => goTo(`/outreach/c/${encodeURIComponent(id)}${keptQuery()}`),
    [],
  );
  return { opened, openSingle, openCampaign };
}
