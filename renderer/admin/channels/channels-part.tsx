// Settings, Channels: who carries each channel and how it stands, then a panel for each carrier and for automated answers.
import { type ChannelsView, channelsViewSchema } from "../../../shared/console/channels.schema.ts";
import { tenantFields } from "../../../shared/settings.schema.ts";
import type { Channel } from "../../../shared/values.ts";
import { CHANNEL_NAMES } from "../../ui/wording.ts";
import { Icon } from "../kit/icon.tsx";
import { Loaded } from "../kit/load-state.tsx";
import { Panel } from "../kit/panel.tsx";
import { useRead } from "../kit/use-read.ts";
import { ChooseBrokerage, NoBrokerage, useShownBrokerage } from "../settings/brokerage-part.tsx";
import { TextSetting } from "../settings/setting-input.tsx";
import { tenantPlace } from "../settings/settings-draft.ts";
import type { BrokerageProps, SettingsForm } from "../settings/use-settings-form.ts";
import { CHANNELS_TEXT } from "../texts/channels.ts";
import { BROKERAGE } from "../texts/settings.ts";
import { AutomatedPanel } from "./automated-panel.tsx";
import { type Carriers, ChannelCarriers } from "./channel-carriers.tsx";
import { ChatPanel } from "./chat-panel.tsx";
import { FindingList } from "./finding-list.tsx";
import { MailPanel } from "./mail-panel.tsx";
import { TwilioPanel } from "./twilio-panel.tsx";

const EVERY_MS = 20_000;

export function ChannelsPart({ form }: { readonly form: SettingsForm }) {
  const tenant = useShownBrokerage(form);
  if (tenant === null) return <NoBrokerage />;
  return (
    <>
      <ChooseBrokerage form={form} tenant={tenant} />
      <OfBrokerage key={tenant} form={form} tenant={tenant} />
    </>
  );
}

function OfBrokerage(props: BrokerageProps) {
  const { form, tenant } = props;
  const view = useRead("/channels", channelsViewSchema, { query: { tenant }, everyMs: EVERY_MS });
  const carriers = form.value(tenantPlace(tenant, "channels")) as Carriers;
  const usesOf = (provider: string): readonly string[] =>
    (Object.keys(CHANNEL_NAMES) as Channel[])
      .filter((channel) => (carriers[channel] ?? "simulator") === provider)
      .map((channel) => CHANNEL_NAMES[channel]);
  return (
    <>
      <Panel title={BROKERAGE.channels}>
        <div className="stack-form">
          <p className="quiet">
            {tenantFields.channels.description} {BROKERAGE.simulatorNote}
          </p>
          <ChannelCarriers {...props} />
        </div>
      </Panel>
      <Panel title={CHANNELS_TEXT.standing}>
        <Loaded of={view} lines={6}>
          {(data) => <Standing view={data} />}
        </Loaded>
      </Panel>
      <TwilioPanel {...props} uses={usesOf("twilio")} inboundUrl={view.data?.inbound_url} />
      <MailPanel {...props} uses={usesOf("smtp")} mailbox={view.data?.mailbox} />
      <ChatPanel {...props} uses={usesOf("chat")} />
      <AutomatedPanel {...props} />
      <Panel title={CHANNELS_TEXT.conversations}>
        <div className="stack-form">
          <TextSetting {...props} name="conversation_hours" numeric />
          <p>
            {CHANNELS_TEXT.conversationsNote}{" "}
            <a href="#/outreach/conversations">{CHANNELS_TEXT.conversationsLink}</a>
          </p>
        </div>
      </Panel>
    </>
  );
}

function Standing({ view }: { readonly view: ChannelsView }) {
  return (
    <div className="stack">
      <p className="quiet">{CHANNELS_TEXT.standingNote}</p>
      <ul className="lines">
        {view.channels.map(({ channel, provider, findings }) => (
          <li key={channel} className="line standing">
            <span className="standing-name">
              <Icon name={channel} size={18} />
              <span>
                <b>{CHANNEL_NAMES[channel]}</b>
                <span className="block quiet small">{BROKERAGE.providers[provider]}</span>
              </span>
            </span>
            <div>
              {findings.length === 0 ? (
                <p className="quiet">{CHANNELS_TEXT.nothingFound}</p>
              ) : (
                <FindingList findings={findings} />
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
