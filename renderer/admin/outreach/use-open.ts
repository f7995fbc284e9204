// What of Outreach is open at the side, as the route says it: one outreach, one person, one campaign.
import { useCallback, useMemo } from "react";
import { goTo } from "../kit/hash-route.ts";
import { useRest } from "../kit/use-rest.ts";

export type Opened =
  | { readonly kind: "single"; readonly id: string }
  | { readonly kind: "campaign"; readonly id: string }
  | { readonly kind: "person"; readonly id: string; readonly tenant: string };

const query = (): string => {
  const at = location.hash.indexOf("?");
  return at === -1 ? "" : location.hash.slice(at);
};

export function useOpen() {
  const [kind, first, second] = useRest();
  const opened = useMemo((): Opened | null => {
    if (first === undefined) return null;
    if (kind === "e") return { kind: "single", id: first };
    if (kind === "c") return { kind: "campaign", id: first };
    return kind === "p" && second !== undefined ? { kind: "person", tenant: first, id: second } : null;
  }, [kind, first, second]);
  const openSingle = useCallback((id: string) => goTo(`/outreach/e/${encodeURIComponent(id)}${query()}`), []);
  const openCampaign = useCallback(
    (id: string) => goTo(`/outreach/c/${encodeURIComponent(id)}${query()}`),
    [],
  );
  return { opened, openSingle, openCampaign };
}
