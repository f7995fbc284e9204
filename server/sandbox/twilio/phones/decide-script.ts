// How a phone behaves that nobody wrote a script for: by the last two digits, as the gateway's simulator has it (design,
// section 3). Asked when a number is called or texted for the first time.
import { ordinaryScript, type PhoneScript } from "./phone-script.ts";

const BY_ENDING: Readonly<Record<string, Partial<PhoneScript>>> = {
  "01": { rings: "no_answer", replies: [] },
  "02": { rings: "busy", replies: [] },
  // No word about delivery ever comes: `sent` can be the last one.
  "03": { answeredBy: "machine", staysMs: 68_000, sms: "sent", whatsapp: "delivered", replies: [] },
  "04": { rings: "invalid", sms: { undelivered: 30005 }, whatsapp: { failed: 63003 }, replies: [] },
  "05": {
    turns: [{ says: "Thanks, but I am not interested.", digits: "2" }],
    talksMs: 9_000,
    replies: ["Thanks, but I am not interested."],
  },
  "06": { refusal: { status: 503, times: 1 } },
};

/** `number` in E.164. `live`: rings until somebody decides by hand, whatever its digits. */
export function decideScript(number: string, live: boolean): PhoneScript {
  const script = { ...ordinaryScript(), ...BY_ENDING[number.slice(-2)] };
  return live ? { ...script, rings: "live", replies: [], refusal: null } : script;
}
