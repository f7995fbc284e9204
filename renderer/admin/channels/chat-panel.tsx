// The gateway's own chat page: how long a link stays open, and the public address it needs.
import { Problem } from "../kit/problem.tsx";
import { TextSetting } from "../settings/setting-input.tsx";
import type { BrokerageProps } from "../settings/use-settings-form.ts";
import { CHAT, TWILIO } from "../texts/channels.ts";
import { CarrierPanel } from "./carrier-panel.tsx";

export function ChatPanel({ form, tenant, uses }: BrokerageProps & { readonly uses: readonly string[] }) {
  const props = { form, tenant };
  return (
    <CarrierPanel {...props} title={CHAT.title} note={CHAT.note} uses={uses} names={["chat_link_hours"]}>
      {form.view.public_address_set ? null : (
        <Problem
          tone="wait"
          cause={CHAT.noAddress}
          action={{ label: TWILIO.platform, to: "/settings/platform" }}
        />
      )}
      <TextSetting {...props} name="chat_link_hours" numeric />
    </CarrierPanel>
  );
}
