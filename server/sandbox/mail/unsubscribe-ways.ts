// The ways out a mail names in its headers (RFC 2369, 8058), and going them as a mail program would. Used by the mailbox
// page.
import type { ReceivedMail } from "./mail-types.ts";

export interface UnsubscribeWays {
  /** A page to open. */
  readonly page: string | null;
  /** One click is enough: the page takes a POST. */
  readonly oneClick: boolean;
  readonly mail: { readonly to: string; readonly subject: string } | null;
}

export function unsubscribeWays({ mail }: ReceivedMail): UnsubscribeWays {
  const header = (name: string): string => mail.headers.find(({ key }) => key === name)?.value ?? "";
  const addresses = [...header("list-unsubscribe").matchAll(/<([^<>\s]+)>/g)].map(
    ([, address]) => address ?? "",
  );
  const page = addresses.find((address) => /^https?:\/\//.test(address) && URL.canParse(address)) ?? null;
  const mailto = addresses.find((address) => /^mailto:/i.test(address) && URL.canParse(address));
  const url = mailto === undefined ? null : new URL(mailto);
  return {
    page,
    oneClick: page !== null && header("list-unsubscribe-post") === "List-Unsubscribe=One-Click",
    mail: url && {
      to: decodeURIComponent(url.pathname),
      subject: url.searchParams.get("subject") ?? "unsubscribe",
    },
  };
}

const ON_THIS_MACHINE = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** As a mail provider does when its own button is pressed. Never to another machine. True when the address took it. */
export async function clickOnce(page: string): Promise<boolean> {
  if (!ON_THIS_MACHINE.test(new URL(page).hostname)) return false;
  const answer = await fetch(page, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
  return answer?.ok === true;
}
