// The one switch for all outreach of this gateway: nothing new goes out while it is off.
import { outreachStateSchema } from "../../../shared/console/outreach.schema.ts";
import { sayNumber } from "../../ui/say-count.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Icon } from "../kit/icon.tsx";
import { noticeFailed } from "../kit/notices.tsx";
import { useChange } from "../kit/use-read.ts";
import { SHELL } from "../texts/shell.ts";
import { useHome } from "./use-home.ts";

export function OutreachSwitch() {
  const home = useHome();
  const change = useChange(outreachStateSchema, ["/home", "/outreach", "/status"]);
  if (home.data === undefined) return null;
  const { paused, waiting } = home.data.outreach;
  const act = (): void =>
    change.mutate(
      { path: paused === null ? "/outreach/pause" : "/outreach/resume", body: {} },
      { onError: noticeFailed },
    );
  return (
    <div className="stack">
      {waiting > 0 ? <p className="quiet">{SHELL.waiting(sayNumber(waiting))}</p> : null}
      <p className="quiet">{SHELL.pauseNote}</p>
      <ChangeButton
        size="xs"
        variant={paused === null ? "default" : "filled"}
        loading={change.isPending}
        leftSection={<Icon name={paused === null ? "pause" : "play"} size={14} />}
        onClick={act}
      >
        {paused === null ? SHELL.pauseAll : SHELL.resumeAll}
      </ChangeButton>
    </div>
  );
}
