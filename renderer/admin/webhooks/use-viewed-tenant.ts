// The brokerage Webhooks looks at: the one a link names, else the one chosen in the rail; null for all.
import { useParams } from "../kit/hash-route.ts";
import { useTenant } from "../shell/tenant.tsx";

export function useViewedTenant(): string | null {
  const [params] = useParams();
  const { tenant } = useTenant();
  return params.tenant || tenant;
}
