// The places as they stand above the deliveries: in full for one brokerage, only what needs a look for several.
import { Loaded } from "../kit/load-state.tsx";
import { Problem } from "../kit/problem.tsx";
import { useTenant } from "../shell/tenant.tsx";
import { SLOTS, WEBHOOKS } from "../texts/webhooks.ts";
import { SlotsPanel } from "./slots-panel.tsx";
import { isBroken, useSlots } from "./use-slots.ts";
import { useViewedTenant } from "./use-viewed-tenant.ts";

export function SlotsGlance() {
  const { tenants } = useTenant();
  const viewed = useViewedTenant();
  const slots = useSlots();
  const one = viewed ?? (tenants.length === 1 ? (tenants[0] ?? null) : null);
  if (tenants.length === 0) return null;
  return (
    <Loaded of={slots} lines={3}>
      {(all) =>
        one === null ? (
          <BrokenOnes tenants={[...new Set(all.filter(isBroken).map(({ domain_name }) => domain_name))]} />
        ) : (
          <SlotsPanel tenant={one} slots={all.filter(({ domain_name }) => domain_name === one)} />
        )
      }
    </Loaded>
  );
}

function BrokenOnes({ tenants }: { readonly tenants: readonly string[] }) {
  return (
    <>
      {tenants.map((tenant) => (
        <Problem
          key={tenant}
          cause={SLOTS.broken(tenant)}
          remedy={SLOTS.brokenRemedy}
          action={{
            label: WEBHOOKS.section.slots,
            to: `/webhooks/slots?tenant=${encodeURIComponent(tenant)}`,
          }}
        />
      ))}
    </>
  );
}
