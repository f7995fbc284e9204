// What e-mail needs from the rest of the gateway.
import type { Clock } from "../../base/clock.ts";
import type { Db } from "../../db/schema.ts";
import type { ProcessLog } from "../../log/process-log.ts";
import type { SmtpTimes } from "./exchange-smtp.ts";
import type { MailAccount } from "./mail-account.ts";

export interface SmtpDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** The brokerage's account as this agent uses it; undefined while it is not set up. See readMailAccount. */
  readonly account: (tenant: string, userId: string | null) => MailAccount | undefined;
  /** Where the contact can unsubscribe with one click; null while the gateway has no public address. */
  readonly unsubscribeUrl: (engagementId: string) => string | null;
  /** The mark replies are known by. See makeReplyToken. */
  readonly replyToken: (engagementId: string) => string;
  readonly log: Pick<ProcessLog, "info" | "warn">;
  /** Certificates of mail servers trusted besides the system's, PEM; none unless given. */
  readonly trusted?: readonly string[];
  /** SMTP_TIMES unless given. */
  readonly times?: SmtpTimes;
}
