// The panel of one carrier: open where it carries a channel or something of it was typed, else folded to one line.
import { Button } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { Panel } from "../kit/panel.tsx";
import { secretPlace, tenantPlace } from "../settings/settings-draft.ts";
import type { BrokerageProps } from "../settings/use-settings-form.ts";
import { CHANNELS_TEXT } from "../texts/channels.ts";

export interface CarrierPanelProps extends BrokerageProps {
  readonly title: string;
  readonly note: string;
  /** Channels it is used for, in words; none: not in use. */
  readonly uses: readonly string[];
  /** Its settings and secrets: once one of them is typed or not right, the panel is open. */
  readonly names: readonly string[];
  readonly children: ReactNode;
}

export function CarrierPanel(props: CarrierPanelProps) {
  const { title, uses } = props;
  const [wanted, setWanted] = useState(false);
  const id = useId();
  const fixed = uses.length > 0 || isTouched(props);
  const open = fixed || wanted;
  return (
    <Panel
      title={title}
      aside={
        <span className="quiet small">
          {uses.length > 0 ? CHANNELS_TEXT.inUse(uses.join(", ")) : CHANNELS_TEXT.notInUse}
        </span>
      }
    >
      <div className="stack-form">
        <p className="quiet">{props.note}</p>
        {fixed ? null : (
          <div>
            <Button
              size="xs"
              variant="default"
              aria-expanded={open}
              aria-controls={id}
              onClick={() => setWanted((now) => !now)}
            >
              {open ? CHANNELS_TEXT.fold(title) : CHANNELS_TEXT.setUp(title)}
            </Button>
          </div>
        )}
        <div id={id} className="stack-form" hidden={!open}>
          {open ? props.children : null}
        </div>
      </div>
    </Panel>
  );
}

function isTouched({ form, tenant, names }: CarrierPanelProps): boolean {
  const touched = [...form.draft.keys(), ...form.errors.keys()];
  return names.some((name) => {
    const place = tenantPlace(tenant, name);
    return touched.some(
      (at) =>
        at === secretPlace(`tenant/${tenant}/${name}`) ||
        at === place ||
        at.startsWith(`${place}.`) ||
        at.startsWith(`${place}[`),
    );
  });
}
