// Removes what must never be read in a log or an error: keys, tokens, signed parameters, phones and e-mails.

const RULES: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b(fka_|avt_|sk-|ngrok_)[A-Za-z0-9_-]{4,}/g, "$1…"],
  [/\b(Basic|Bearer)\s+[A-Za-z0-9+/=._~-]{6,}/gi, "$1 …"],
  [/([?&](?:context|signature|token|key|secret)=)[^&\s"']+/gi, "$1…"],
  [/("?(?:api_?key|secret|password|authorization|token)"?\s*[:=]\s*"?)[^\s",}&]{4,}/gi, "$1…"],
  [/\/\/[^/\s:@]+:[^/\s@]+@/g, "//…@"],
];

const EMAIL = /\b([A-Za-z0-9])[A-Za-z0-9._%+-]*@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)/g;
// A run that could be a phone number: +, or at least ten digits with the usual separators.
const PHONE = /(?<![\w.-])\+?\d(?:[\s().-]{0,2}\d){9,14}(?![\w-])/g;

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
