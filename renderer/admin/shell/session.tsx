// Whether this window may only look: a support link opened it.
import type { ReactNode } from "react";
import { sessionSchema } from "../../../shared/console/home.schema.ts";
import { CanChangeContext } from "../kit/can-change.tsx";
import { useRead } from "../kit/use-read.ts";

export const useSession = () => useRead("/session", sessionSchema, { everyMs: 60_000 });

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  return <CanChangeContext value={session.data?.read_only !== true}>{children}</CanChangeContext>;
}
