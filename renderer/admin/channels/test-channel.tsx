// Tries a carrier or the model out with what is saved, and lists what was found. Used by the panels of Channels.
import { type Tested, testedSchema } from "../../../shared/console/channels.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Failure } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import type { BrokerageProps } from "../settings/use-settings-form.ts";
import { CHANNELS_TEXT } from "../texts/channels.ts";
import { FindingList } from "./finding-list.tsx";

const words = CHANNELS_TEXT.test;
const TIMEOUT_MS = 90_000;

/** Something of the brokerage is typed and not saved. */
const isTyped = ({ form, tenant }: BrokerageProps): boolean =>
  [...form.draft.keys()].some(
    (place) => place.startsWith(`tenants.${tenant}.`) || place.startsWith(`secrets.tenant/${tenant}/`),
  );

export function TestChannel(
  props: BrokerageProps & {
    readonly what: "twilio" | "mail" | "model";
    readonly onTested?: (tested: Tested) => void;
  },
) {
  const test = useChange(testedSchema, ["/channels", "/settings", "/home", "/status"]);
  const typed = isTyped(props);
  const run = (): void =>
    test.mutate(
      { path: `/channels/${props.what}/test`, body: { tenant: props.tenant }, timeoutMs: TIMEOUT_MS },
      { onSuccess: (tested) => props.onTested?.(tested) },
    );
  return (
    <div className="stack">
      <div className="row">
        <ChangeButton variant="default" size="xs" loading={test.isPending} disabled={typed} onClick={run}>
          {words[props.what]}
        </ChangeButton>
        {typed ? <span className="quiet small">{words.unsaved}</span> : null}
      </div>
      <div role="status" className="fill">
        {test.isPending ? <span className="quiet">{words.busy}</span> : null}
        {!test.isPending && test.data !== undefined ? (
          <div className={`tested tone-box-${test.data.ok ? "ok" : "bad"}`}>
            <b>{test.data.ok ? words.ok : words.bad}</b>
            <FindingList findings={test.data.findings} />
          </div>
        ) : null}
      </div>
      {test.error === null ? null : <Failure error={test.error} />}
    </div>
  );
}
