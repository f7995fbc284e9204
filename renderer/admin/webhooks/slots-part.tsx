// The places of every brokerage in view.
import { Button } from "@mantine/core";
import { Empty, Loaded } from "../kit/load-state.tsx";
import { useTenant } from "../shell/tenant.tsx";
import { SLOTS } from "../texts/webhooks.ts";
import { SlotsPanel } from "./slots-panel.tsx";
import { useSlots } from "./use-slots.ts";
import { useViewedTenant } from "./use-viewed-tenant.ts";

export function SlotsPart() {
  const { tenants, known } = useTenant();
  const viewed = useViewedTenant();
  const slots = useSlots();
  const shown = viewed === null ? tenants : [viewed];
  if (known && tenants.length === 0)
    return (
      <Empty title={SLOTS.noTenant} text={SLOTS.noTenantText}>
        <Button component="a" href="#/setup" size="xs">
          {SLOTS.setUp}
        </Button>
      </Empty>
    );
  return (
    <Loaded of={slots}>
      {(all) => (
        <>
          {shown.map((slug) => (
            <SlotsPanel key={slug} tenant={slug} slots={all.filter((slot) => slot.domain_name === slug)} />
          ))}
        </>
      )}
    </Loaded>
  );
}
