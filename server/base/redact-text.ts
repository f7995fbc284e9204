// Removes what must never be read in a log or an error: keys, tokens, signed parameters, phones and e-mails.

const SECRET_NAME = String.raw`[\w-]{0,40}(?:api_?key|system_?-?key|secret|password|authorization|token)`;

const RULES: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b(fka_|avt_|sk-|ngrok_)[A-Za-z0-9_-]{4,}/g, "$1…"],
  [/\b(Basic|Bearer)\s+[A-Za-z0-9+/=._~-]{6,}/gi, "$1 …"],
  [/(\bauthorization"?\s*[:=]\s*"?(?:Basic|Bearer)\s+)[^\s",}&…]+/gi, "$1…"],
  [/([?&](?:context|signature|token|key|secret|support)=)[^&\s"']+/gi, "$1…"],
  [new RegExp(String.raw`("${SECRET_NAME}"\s*:\s*")[^"]+`, "gi"), "$1…"],
  [new RegExp(String.raw`(\b${SECRET_NAME}=)(?:"[^"]+"|[^\s"'&,;}]+)`, "gi"), "$1…"],
  // A word after a colon may be prose ("fub_api_key: must be one line"); what has a digit, a sign or some length is not.
  [
    new RegExp(String.raw`(\b${SECRET_NAME}:\s*)(?=[^\s",}&]*[\d+/=_]|[^\s",}&]{12,})[^\s",}&…]{4,}`, "gi"),
    "$1…",
  ],
  [/\/\/[^/\s:@]+:[^/\s@]*@/g, "//…@"],
];

const EMAIL = /\b([A-Za-z0-9])[A-Za-z0-9._%+-]{0,63}@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)/g;
/**
 * A run that could be a phone number: ten to fifteen digits with the usual separators, perhaps with an extension. Not a
 * date with a time or a count after it, and not part of an id.
 */
const PHONE =
  /(?:(?<![\w.-])|(?<=%2B))(?!(?:19|20)\d\d-\d\d-\d\d(?!\d))\+?\d(?:[\s().\u2010-\u2015-]{0,3}\d){9,14}(?=x\d|(?!-?\w))/gi;

function maskPhone(found: string): string {
  const digits = found.replace(/\D/g, "");
  return `…${digits.slice(-2)}`;
}

/** Removes credentials only; for text in which a contact must stay readable to the console's owner. */
export function redactSecrets(text: string): string {
  return RULES.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), text);
}

/** Removes credentials, and masks phones (last two digits stay) and e-mail addresses (first letter and domain stay). */
export function redactText(text: string): string {
  return redactSecrets(text).replace(EMAIL, "$1…@$2").replace(PHONE, maskPhone);
}
