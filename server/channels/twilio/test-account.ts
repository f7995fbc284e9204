// Looks whether a brokerage's Twilio account works and fits its settings, as findings in words. For the console and doctor.
import { GatewayError } from "../../base/errors.ts";
import { nationalForm } from "../../base/phone-numbers.ts";
import { callbackBase } from "./call-context.ts";
import type { TwilioAccount } from "./twilio-account.ts";
import { clientOf, type TwilioClient } from "./twilio-client.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";

export interface Finding {
  readonly state: "ok" | "warn" | "bad";
  readonly sentence: string;
  /** What to do about it; null where nothing has to be done. */
  readonly remedy: string | null;
}

/** Never throws a GatewayError: what could not be asked is a finding. */
export async function testAccount(deps: TwilioDeps, tenant: string): Promise<Finding[]> {
  try {
    const account = accountOf(deps, tenant);
    const client = clientOf(deps, account);
    return [
      await lookAtAccount(client),
      ...(await lookAtNumbers(deps, client, account, tenant)),
      ...lookAtSetup(deps, account),
    ];
  } catch (error) {
    if (error instanceof GatewayError) return [bad(error.sentence, null)];
    throw error;
  }
}

const ok = (sentence: string): Finding => ({ state: "ok", sentence, remedy: null });
const warn = (sentence: string, remedy: string | null): Finding => ({ state: "warn", sentence, remedy });
const bad = (sentence: string, remedy: string | null): Finding => ({ state: "bad", sentence, remedy });

async function lookAtAccount(client: TwilioClient): Promise<Finding> {
  const { friendlyName, status, type } = await client.account();
  const name = friendlyName ?? "without a name";
  if (status !== null && status.toLowerCase() !== "active")
    return bad(`The Twilio account ${name} is ${status}.`, "Look at the account in the Twilio console.");
  if (type?.toLowerCase() === "trial")
    return warn(
      `The Twilio account ${name} is a trial: it reaches only numbers verified at Twilio.`,
      "Upgrade the account in the Twilio console before contacting people.",
    );
  return ok(`Twilio accepted the key. The account is ${name}.`);
}

async function lookAtNumbers(
  deps: TwilioDeps,
  client: TwilioClient,
  account: TwilioAccount,
  tenant: string,
): Promise<Finding[]> {
  const { numbers } = deps.ownSenders(tenant);
  const findings: Finding[] = [];
  if (numbers.length === 0)
    findings.push(
      account.messagingServiceSid === null
        ? bad("No number at Twilio is set.", "Set the brokerage's number at Twilio.")
        : warn(
            "No number at Twilio is set, so calls cannot be made.",
            "Set the brokerage's number at Twilio.",
          ),
    );
  for (const number of numbers) findings.push(await lookAtNumber(client, number));
  return findings;
}

async function lookAtNumber(client: TwilioClient, number: string): Promise<Finding> {
  const shown = nationalForm(number);
  const own = (await client.ownNumber(number)).find(({ phoneNumber }) => phoneNumber === number);
  if (!own)
    return bad(
      `${shown} is not a number of this Twilio account.`,
      "Check the number, or buy it in the Twilio console.",
    );
  const { voice, sms } = own.capabilities;
  if (voice && sms) return ok(`${shown} is a number of the account, for calls and texts.`);
  if (voice) return warn(`${shown} can call but not text.`, "Use another number for texts.");
  if (sms) return warn(`${shown} can text but not call.`, "Use another number for calls.");
  return bad(`${shown} can neither call nor text.`, "Choose another number in the Twilio console.");
}

function lookAtSetup(deps: TwilioDeps, account: TwilioAccount): Finding[] {
  const findings: Finding[] = [];
  const base = callbackBase(deps);
  if (base === undefined)
    findings.push(
      warn(
        "Twilio cannot call this gateway, so everything is asked for: results come seconds later, and agents are connected without pressing 1.",
        "Set a public address (SERVER_URL).",
      ),
    );
  else if (new URL(base).hostname.includes("_"))
    findings.push(
      bad(
        "Twilio does not call addresses whose host name has an underscore.",
        "Use another public address (SERVER_URL).",
      ),
    );
  if (base === undefined && account.recordingNotice !== null)
    findings.push(
      warn("Calls are not recorded: without a public address the notice cannot be said first.", null),
    );
  if (account.whatsappNumber !== null && account.whatsappTemplates.length === 0)
    findings.push(
      warn(
        "No WhatsApp template is set, so only contacts who wrote in the last 24 hours can be written to.",
        "Add an approved template.",
      ),
    );
  return findings;
}
