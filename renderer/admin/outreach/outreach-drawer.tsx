// The side of Outreach: one outreach, one person's story or one campaign.
import { SideDrawer } from "../kit/side-drawer.tsx";
import { CAMPAIGN, OUTREACH } from "../texts/outreach.ts";
import { CampaignDetail } from "./campaign-detail.tsx";
import { EngagementDetail } from "./engagement-detail.tsx";
import { PersonDetail } from "./person-detail.tsx";
import type { Opened } from "./use-open.ts";

const TITLES = { single: OUTREACH.title, person: OUTREACH.person, campaign: CAMPAIGN.title } as const;

export function OutreachDrawer({
  opened,
  onClose,
}: {
  readonly opened: Opened | null;
  readonly onClose: () => void;
}) {
  return (
    <SideDrawer
      opened={opened !== null}
      wide={opened?.kind === "campaign"}
      title={opened === null ? "" : TITLES[opened.kind]}
      onClose={onClose}
    >
      {opened?.kind === "single" ? <EngagementDetail key={opened.id} id={opened.id} /> : null}
      {opened?.kind === "person" ? (
        <PersonDetail key={opened.id} tenant={opened.tenant} personId={opened.id} />
      ) : null}
      {opened?.kind === "campaign" ? <CampaignDetail key={opened.id} id={opened.id} /> : null}
    </SideDrawer>
  );
}
