// Webhooks: the places at Follow Up Boss, what was delivered, what was turned away, the secret doctor, forwarding.
import { Button } from "@mantine/core";
import { useParams } from "../kit/hash-route.ts";
import { RoomHead } from "../kit/panel.tsx";
import { SectionLinks } from "../kit/section-links.tsx";
import { useRest } from "../kit/use-rest.ts";
import { useTenant } from "../shell/tenant.tsx";
import { WEBHOOKS } from "../texts/webhooks.ts";
import { DeliveriesPart } from "./deliveries-part.tsx";
import { ForwardingPart } from "./forwarding-part.tsx";
import { RejectedPart } from "./rejected-part.tsx";
import { SecretsPart } from "./secrets-part.tsx";
import { SlotsPart } from "./slots-part.tsx";

const IDS = ["deliveries", "slots", "rejected", "secrets", "forwarding"] as const;
type PartId = (typeof IDS)[number];
const PARTS: Readonly<Record<PartId, () => React.ReactNode>> = {
  deliveries: DeliveriesPart,
  slots: SlotsPart,
  rejected: RejectedPart,
  secrets: SecretsPart,
  forwarding: ForwardingPart,
};
const SECTIONS = IDS.map((id) => ({
  id,
  label: WEBHOOKS.section[id],
  to: id === "deliveries" ? "/webhooks" : `/webhooks/${id}`,
}));

/** A link led to one brokerage's: says so, and the way to all of them. */
function OnlyOne() {
  const [params, change] = useParams();
  const { tenants } = useTenant();
  if (!params.tenant || tenants.length < 2) return null;
  return (
    <div className="row">
      <bdi>{WEBHOOKS.only(params.tenant)}</bdi>
      <Button size="compact-xs" variant="default" onClick={() => change({ tenant: null })}>
        {WEBHOOKS.all}
      </Button>
    </div>
  );
}

export function WebhooksRoom() {
  const [first] = useRest();
  const at = IDS.find((id) => id === first) ?? "deliveries";
  const Part = PARTS[at];
  return (
    <>
      <RoomHead title={WEBHOOKS.title} note={WEBHOOKS.note} />
      <SectionLinks label={WEBHOOKS.sections} sections={SECTIONS} at={at} />
      <OnlyOne />
      <Part />
    </>
  );
}
