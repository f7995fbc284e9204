// What can be wrong with a tunnel, in words: one sentence of cause, one of remedy. Used by everything in this room.

const TROUBLES = {
  not_installed: [
    "The program {detail} was not found on this computer.",
    "Install it, or give its full path in the settings, then start again.",
  ],
  not_startable: [
    "The program could not be started: {detail}.",
    "Check the command and whether this user may run it.",
  ],
  incomplete: ["{detail}.", "Complete the settings of the public address and save them."],
  token_refused: [
    "The token was refused: {detail}.",
    "Copy the token again from your account there and enter it in the settings.",
  ],
  domain_refused: [
    "The domain cannot be used: {detail}.",
    "Reserve the domain in the account the token belongs to, or leave the domain empty.",
  ],
  domain_in_use: [
    "The address is in use by another tunnel: {detail}.",
    "Stop the other program or computer that uses the same address; it may take a minute until it is free.",
  ],
  account_limit: [
    "The account allows no further tunnel: {detail}.",
    "Stop other tunnels of the account, or change its plan.",
  ],
  service_refused: [
    "The tunnel service refused: {detail}.",
    "It is tried again by itself; a later try may work.",
  ],
  no_network: [
    "The tunnel service could not be reached: {detail}.",
    "Check the internet connection and the firewall of this computer; it is tried again by itself.",
  ],
  no_address: [
    "The program runs but named no https address in time.",
    "Check the command; it has to print the address it leads here from, or enter the address in the settings.",
  ],
  ended: [
    "The tunnel ended: {detail}.",
    "It is started again by itself; what the program printed may say why.",
  ],
  unreachable: ["{detail}.", "Check the internet connection of this computer; it is asked again by itself."],
  not_passed: [
    "The address answers, but does not lead here: {detail}.",
    "Make sure the tunnel or proxy forwards to the public port of this gateway.",
  ],
  foreign: [
    "Somebody else answers at the address: {detail}.",
    "Make sure the address belongs to this gateway and no other program or computer uses it.",
  ],
  clients_unnamed: [
    "{detail} leads here, but what stands in front of this gateway does not tell who is asking. So that nobody on the internet passes for a program on this computer, such programs need the brokerage's call-management key to start outreach.",
    "Let the proxy add the address of whoever asks (X-Forwarded-For), or give those programs the key; it is asked again by itself.",
  ],
  page_in_front: [
    "The tunnel shows visitors a page of its own first, so agents may not be able to open the app. Webhooks come through.",
    "Use a paid plan or an own domain of the tunnel service, or another kind of tunnel.",
  ],
} as const satisfies Readonly<Record<string, readonly [sentence: string, remedy: string]>>;

export type TroubleCode = keyof typeof TROUBLES;
export interface Trouble {
  readonly code: TroubleCode;
  readonly sentence: string;
  readonly remedy: string;
}

/** `detail` stands in the sentence; it must hold no secret. */
export function trouble(code: TroubleCode, detail = ""): Trouble {
  const [sentence, remedy] = TROUBLES[code];
  const said = sentence.replace("{detail}", () => detail.replace(/[\s.]+$/, ""));
  return { code, sentence: said, remedy };
}

/** What only a person can mend: trying every few seconds would change nothing. */
const LASTING: ReadonlySet<TroubleCode> = new Set<TroubleCode>([
  "not_installed",
  "not_startable",
  "incomplete",
  "token_refused",
  "domain_refused",
  "account_limit",
]);

export const isLasting = ({ code }: Trouble): boolean => LASTING.has(code);
