// Which brokerage the console looks at: all of them, or one. Kept in this browser only.
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { statusSchema } from "../../../shared/admin-api.ts";
import { useRead } from "../kit/use-read.ts";

const KEPT_AS = "aventora-brokerage";

export interface TenantChoice {
  /** Slug of the chosen brokerage; null for all. */
  readonly tenant: string | null;
  /** Slug to work on where there must be one: the chosen, else the first; null while there is none. */
  readonly one: string | null;
  readonly tenants: readonly string[];
  /** False until the gateway has told its brokerages. */
  readonly known: boolean;
  readonly choose: (tenant: string | null) => void;
}

const TenantContext = createContext<TenantChoice>({
  tenant: null,
  one: null,
  tenants: [],
  known: false,
  choose: () => {},
});
export const useTenant = (): TenantChoice => useContext(TenantContext);

export function TenantProvider({ children }: { readonly children: ReactNode }) {
  const status = useRead("/status", statusSchema, { everyMs: 60_000 });
  const [kept, setKept] = useState(() => sessionStorage.getItem(KEPT_AS));
  const names = status.data?.tenants.map(({ domain_name }) => domain_name).join("\n") ?? "";
  const known = status.data !== undefined;
  const choice = useMemo<TenantChoice>(() => {
    const tenants = names === "" ? [] : names.split("\n");
    const tenant = kept !== null && tenants.length > 1 && tenants.includes(kept) ? kept : null;
    return {
      tenant,
      one: tenant ?? tenants[0] ?? null,
      tenants,
      known,
      choose: (next) => {
        if (next === null) sessionStorage.removeItem(KEPT_AS);
        else sessionStorage.setItem(KEPT_AS, next);
        setKept(next);
      },
    };
  }, [names, kept, known]);
  return <TenantContext value={choice}>{children}</TenantContext>;
}
