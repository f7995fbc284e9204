// Pause, go on, cancel. Cancelling cannot be taken back and asks for the campaign's name.
import { useState } from "react";
import { type ConsoleCampaign, campaignDetailSchema } from "../../../shared/console/campaigns.schema.ts";
import { isCampaignOver } from "../../ui/campaign-words.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { Icon } from "../kit/icon.tsx";
import { noticeDone, noticeFailed } from "../kit/notices.tsx";
import { useChange } from "../kit/use-read.ts";
import { CAMPAIGN, OUTREACH } from "../texts/outreach.ts";

type Control = "pause" | "resume" | "cancel";

export function CampaignActions({ campaign }: { readonly campaign: ConsoleCampaign }) {
  const change = useChange(campaignDetailSchema, ["/campaigns", "/home"]);
  const [sure, setSure] = useState(false);
  const act = (control: Control): void => {
    setSure(false);
    change.mutate(
      { path: `/campaigns/${encodeURIComponent(campaign.batch_id)}/${control}`, body: {} },
      { onSuccess: () => noticeDone(OUTREACH.done), onError: noticeFailed },
    );
  };
  const over = isCampaignOver(campaign);
  const canPause = campaign.status === "running" || campaign.status === "queueing";
  const canResume = campaign.status === "paused" || campaign.can_resume;
  return (
    <div className="row">
      {canPause ? (
        <ChangeButton
          size="xs"
          variant="default"
          leftSection={<Icon name="pause" size={14} />}
          disabled={change.isPending}
          onClick={() => act("pause")}
        >
          {CAMPAIGN.pause}
        </ChangeButton>
      ) : null}
      {canResume ? (
        <ChangeButton
          size="xs"
          leftSection={<Icon name="play" size={14} />}
          disabled={change.isPending}
          onClick={() => act("resume")}
        >
          {CAMPAIGN.resume}
        </ChangeButton>
      ) : null}
      {over ? null : (
        <ChangeButton size="xs" variant="default" disabled={change.isPending} onClick={() => setSure(true)}>
          {CAMPAIGN.cancel}
        </ChangeButton>
      )}
      <ConfirmDialog
        opened={sure}
        title={CAMPAIGN.cancelTitle}
        text={CAMPAIGN.cancelText}
        name={campaign.name}
        act={CAMPAIGN.cancelAct}
        onConfirm={() => act("cancel")}
        onClose={() => setSure(false)}
      />
    </div>
  );
}
