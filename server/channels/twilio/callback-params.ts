// The fields of a form Twilio posts, as text; anything may be missing. Used by everything that takes callbacks in.

/** As a form parser gives them; a repeated field is a list. */
export type TwilioParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The field's (first) text without blanks around it; undefined when it is missing or empty. */
export function param(params: TwilioParams, name: string): string | undefined {
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  const text = typeof value === "string" ? value : value?.[0];
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}

/** A whole number that is not negative; null when it is none. */
export function wholeParam(params: TwilioParams, name: string): number | null {
  const text = param(params, name);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** When Twilio says something happened (RFC 2822), epoch ms by its clock; null when it does not. */
export function toldTime(params: TwilioParams): number | null {
  const told = Date.parse(param(params, "Timestamp") ?? "");
  return Number.isFinite(told) ? told : null;
}

/** As toldTime; `now` when Twilio does not say, or its clock is ahead of ours. */
export const timeParam = (params: TwilioParams, now: number): number =>
  Math.min(toldTime(params) ?? now, now);

/** A Twilio id with this prefix (CA, SM, RE…), else undefined. */
export function sidParam(params: TwilioParams, name: string, prefix: RegExp): string | undefined {
  const text = param(params, name);
  return text !== undefined && prefix.test(text) ? text : undefined;
}

export const CALL_SID = /^CA[0-9a-fA-F]{32}$/;
/** Of a text, or of one with pictures. */
export const MESSAGE_SID = /^(?:SM|MM)[0-9a-fA-F]{32}$/;
export const RECORDING_SID = /^RE[0-9a-fA-F]{32}$/;
