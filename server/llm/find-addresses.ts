// Web addresses, e-mail addresses and phone numbers in a text, however they are spelled, so that an automated reply can be
// held to those its instruction has. Pure; asked by guard-reply and mask-private. Finds rather too much: what is found
// wrongly makes an agent answer instead.

export interface FoundAddress {
  readonly kind: "web" | "email" | "phone";
  /** Comparable: lower case, no scheme, no "www."; digits only for phones, the last ten of them. */
  readonly value: string;
}

export const EMAIL_PATTERN = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu;

/** Seven or eight digits in two groups, or nine and more with anything between them that people write in numbers. */
export const PHONE_PATTERN =
  /(?<![\p{Nd}.,])(?:\+?\p{Nd}(?:[\s().\u2010-\u2015/·•*_-]{0,3}\p{Nd}){8,}|\p{Nd}{3}[\s.\u2010-\u2015-]\p{Nd}{4}|\p{Nd}{7,8})(?![\p{Nd}])/gu;

const WITH_SCHEME = /\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|mailto:|tel:|javascript:)[^\s<>"]+/giu;
const BARE_DOMAIN =
  /(?<![\p{L}\p{N}@.-])((?:[\p{L}\p{N}-]{1,63}\.){1,8})(\p{L}{2,24})(?![\p{L}\p{N}-])(?:[/?#][^\s<>"]*)?/gu;
const IP_ADDRESS = /(?<![\p{N}.])\p{N}{1,3}(?:\.\p{N}{1,3}){3}(?!\.?\p{N})(?:[:/][^\s<>"]*)?/gu;
/** "evil dot com", "evil [.] ca", "evil . com". */
const SPELLED =
  /(?<![\p{L}\p{N}-])[\p{L}\p{N}-]{1,63}(?:\s{0,3}(?:\(\s?dot\s?\)|\[\s?(?:dot|\.)\s?\]|\(\.\)|\s(?:dot|punto|point)\s)\s{0,3}(?:com|net|org|info|biz|io|co|ca|us|ru)|(?:\s{1,3}\.\s{0,3}|\.\s{1,3})(?:com|net|org))\b/giu;
const NUMBER_WORD =
  "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|un|une|deux|trois|quatre|cinq|sept|huit|neuf|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)";
const SPOKEN_NUMBER = new RegExp(`\\b${NUMBER_WORD}(?:[\\s,.-]{1,3}${NUMBER_WORD}){6,}\\b`, "giu");

/** Endings that are one even where a sentence could begin: "Evil.Com", but "tomorrow.Please". */
const FREQUENT_ENDINGS = new Set(["com", "net", "org", "info", "biz", "ca", "us", "io", "co", "app", "link"]);
/** What has a dot in it and is no domain. */
const ABBREVIATIONS = /^(?:sq\.(?:ft|m|km)|\p{N}+\.(?:am|pm|ft|m|st|nd|rd|th)|ph\.d|approx\.\p{L}+)$/iu;

/** Dates and times are no phone numbers: 2026-05-04, 10:30, 14h30. */
const DATES =
  /\b(?:19|20)\d\d([-./])\d\d?\1\d\d?\b|\b\d\d?([-./])\d\d?\2(?:19|20)\d\d\b|\b\d{1,2}\s?[:h]\s?\d\d\b/g;

/** Each once; text is read as written and with letters of other widths as usual ones. */
export function findAddresses(text: string): FoundAddress[] {
  const plain = text.normalize("NFKC");
  const emails = matches(plain, EMAIL_PATTERN);
  const web = [
    ...matches(plain, WITH_SCHEME),
    ...matches(plain.replace(EMAIL_PATTERN, " "), BARE_DOMAIN).filter(hasEnding),
    ...matches(plain, IP_ADDRESS),
    ...matches(plain, SPELLED),
  ];
  const phones = matches(plain.replace(DATES, " : "), PHONE_PATTERN);
  const found: FoundAddress[] = [
    ...emails.map((value) => ({ kind: "email" as const, value: value.toLowerCase() })),
    ...web.map((value) => ({ kind: "web" as const, value: comparable(value) })),
    ...phones.map((value) => ({ kind: "phone" as const, value: lastDigits(value) })),
    ...matches(plain, SPOKEN_NUMBER).map((value) => ({ kind: "phone" as const, value: value.toLowerCase() })),
  ];
  return found.filter(
    ({ kind, value }, index) =>
      found.findIndex((other) => other.kind === kind && other.value === value) === index,
  );
}

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([whole]) => whole);

function hasEnding(found: string): boolean {
  const host = found.split(/[/?#]/)[0] ?? "";
  const ending = host.slice(host.lastIndexOf(".") + 1);
  const labels = host.slice(0, -ending.length - 1).split(".");
  if (ABBREVIATIONS.test(host)) return false;
  // "e.g." and "p.m." have labels of one letter only.
  if (labels.every((label) => label.length < 2)) return false;
  if (FREQUENT_ENDINGS.has(ending.toLowerCase()) || labels[0]?.toLowerCase() === "www") return true;
  return ending === ending.toLowerCase() || ending === ending.toUpperCase();
}

const comparable = (web: string): string =>
  web
    .toLowerCase()
    .replace(/^(?:https?:\/\/|mailto:|tel:)/, "")
    .replace(/^www\./, "")
    .replace(/[).,!?;:'"»”’\]]+$/, "")
    .replace(/\/$/, "");

function lastDigits(phone: string): string {
  return phone.replace(/\P{Nd}/gu, "").slice(-10);
}
