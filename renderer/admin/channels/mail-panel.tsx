// E-mail over the brokerage's own mail server: sending, the mailbox with the replies, what every e-mail carries.
import type { ChannelsView } from "../../../shared/console/channels.schema.ts";
import { MAIL_SECURITY, mailTenantFields } from "../../../shared/mail-settings.schema.ts";
import { Problem } from "../kit/problem.tsx";
import { When } from "../kit/when.tsx";
import {
  AreaSetting,
  SecretSetting,
  SelectSetting,
  SwitchSetting,
  TextSetting,
} from "../settings/setting-input.tsx";
import { tenantPlace } from "../settings/settings-draft.ts";
import type { BrokerageProps } from "../settings/use-settings-form.ts";
import { MAIL } from "../texts/channels.ts";
import { CarrierPanel } from "./carrier-panel.tsx";
import { TestChannel } from "./test-channel.tsx";

const NAMES = [...Object.keys(mailTenantFields), "smtp_password", "imap_password"];
const SECURITY = MAIL_SECURITY.map((value) => ({ value, label: MAIL.security[value] }));

export interface MailPanelProps extends BrokerageProps {
  readonly uses: readonly string[];
  /** null where none is read, undefined while it is not known. */
  readonly mailbox: ChannelsView["mailbox"] | undefined;
}

export function MailPanel({ form, tenant, uses, mailbox }: MailPanelProps) {
  const props = { form, tenant };
  const isEmpty = (name: string): boolean => !form.value(tenantPlace(tenant, name));
  return (
    <CarrierPanel {...props} title={MAIL.title} note={MAIL.note} uses={uses} names={NAMES}>
      <h3 className="form-part">{MAIL.sending}</h3>
      <TextSetting {...props} name="mail_from" ltr />
      <TextSetting {...props} name="smtp_host" ltr />
      <TextSetting {...props} name="smtp_port" numeric />
      <SelectSetting {...props} name="smtp_security" options={SECURITY} />
      <TextSetting {...props} name="smtp_user" ltr />
      <SecretSetting {...props} name="smtp_password" />
      <h3 className="form-part">{MAIL.replies}</h3>
      <TextSetting {...props} name="imap_host" ltr />
      {isEmpty("imap_host") ? (
        <Problem tone="wait" cause={MAIL.noReplies} />
      ) : (
        <>
          <TextSetting {...props} name="imap_port" numeric />
          <SelectSetting {...props} name="imap_security" options={SECURITY} />
          <TextSetting {...props} name="imap_user" ltr />
          <SecretSetting {...props} name="imap_password" />
          <TextSetting {...props} name="imap_folder" />
          <TextSetting {...props} name="mail_reply_address" ltr />
          <SwitchSetting {...props} name="mail_plus_addresses" />
          <Mailbox mailbox={mailbox} />
        </>
      )}
      <TestChannel {...props} what="mail" />
      <h3 className="form-part">{MAIL.text}</h3>
      <TextSetting {...props} name="mail_subject" />
      <AreaSetting {...props} name="postal_address" maxLength={300} />
      {isEmpty("postal_address") ? <Problem tone="wait" cause={MAIL.noPostal} /> : null}
    </CarrierPanel>
  );
}

/** When the mailbox was last read, and what was wrong with it. */
function Mailbox({ mailbox }: Pick<MailPanelProps, "mailbox">) {
  if (mailbox === undefined || mailbox === null) return null;
  const when =
    mailbox.checked_at === null ? (
      MAIL.neverRead
    ) : (
      <>
        {MAIL.read} <When at={mailbox.checked_at} />.
      </>
    );
  if (mailbox.error === null) return <p className="quiet">{when}</p>;
  return (
    <Problem cause={MAIL.readFailed} remedy={mailbox.error}>
      <p className="quiet small">{when}</p>
    </Problem>
  );
}
