// What the console's read models need, given once by compose.ts.
import type { MailAccount } from "../channels/smtp/mail-account.ts";
import type { TwilioDeps } from "../channels/twilio/twilio-deps.ts";
import type { Crm } from "../crm/crm.ts";
import type { KnownIdentities } from "../crm/known-identities.ts";
import type { EngagementDeps } from "../engagements/engagement-deps.ts";
import type { ProcessLog } from "../log/process-log.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";
import type { AddressRecord } from "../tunnel/address-record.ts";
import type { Tunnel } from "../tunnel/create-tunnel.ts";
import type { AddressWatch } from "../tunnel/watch-address.ts";

export interface AdminDeps extends Omit<EngagementDeps, "settings"> {
  readonly settings: SettingsRoom;
  readonly crm: Crm;
  readonly identities: KnownIdentities;
  readonly twilioDeps: TwilioDeps;
  readonly mailAccount: (tenant: string, userId: string | null) => MailAccount | undefined;
  readonly tunnel: Pick<Tunnel, "read" | "restart" | "test">;
  readonly ownAddress: Pick<AddressWatch, "read" | "test">;
  readonly addressRecord: Pick<AddressRecord, "moved" | "forgetMove">;
  readonly log: ProcessLog;
  readonly version: string;
  /** See Host; undefined where nothing was built. */
  readonly aboutDir: string | undefined;
  readonly startedAt: number;
  readonly dataDir: string;
  /** Address of the public listener on this machine. */
  readonly publicUrl: () => string;
}
